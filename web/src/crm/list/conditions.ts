// What a list is narrowed to: conditions in the address, taken apart by field for forms and chips. Pure.
import { fieldOf } from '../kinds'
import type { Condition, Field, Operator, RecordKind, View } from '../wire'

export const MOST_CONDITIONS = 10
const WITHOUT_VALUE: readonly Operator[] = ['empty', 'filled']

export interface ListState {
  view: string
  /** Null: as the view says. */
  filter: Condition[] | null
  sort: string | null
  q: string
  /** «board»: as columns by `by`. */
  as?: string
  by?: string
}

export function listState(search: string): ListState {
  const params = new URLSearchParams(search)
  return {
    view: params.get('view') ?? 'all',
    filter: conditionsIn(params.get('filter')),
    sort: params.get('sort'),
    q: params.get('q') ?? '',
    ...(params.get('as') === 'board' && { as: 'board', by: params.get('by') ?? '' }),
  }
}

/** What is no list of conditions is none: somebody may have cut the address. */
function conditionsIn(text: string | null): Condition[] | null {
  if (!text) return null
  try {
    const found: unknown = JSON.parse(text)
    const isCondition = (one: unknown): boolean => Array.isArray(one) && one.length === 3 && typeof one[0] === 'string' && typeof one[1] === 'string'
    return Array.isArray(found) && found.every(isCondition) ? (found as Condition[]).slice(0, MOST_CONDITIONS) : null
  } catch {
    return null
  }
}

export function searchOf({ view, filter, sort, q, as, by }: ListState): string {
  const params = new URLSearchParams()
  if (view !== 'all') params.set('view', view)
  if (filter) params.set('filter', JSON.stringify(filter))
  if (sort !== null) params.set('sort', sort)
  if (q) params.set('q', q)
  if (as) params.set('as', as)
  if (as && by) params.set('by', by)
  const text = params.toString()
  return text && `?${text}`
}

export function viewOf(kind: RecordKind, state: ListState): View | undefined {
  return kind.views.find((one) => one.code === state.view)
}

/** The conditions that can be seen and taken away: those of a saved view, unless others were put in their place. */
export function shownConditions(view: View | undefined, state: ListState): Condition[] {
  return state.filter ?? (view?.mine ? view.filter : [])
}

export function sortOf(kind: RecordKind, view: View | undefined, state: ListState): string {
  return state.sort ?? (view?.sort || kind.sort)
}

export function columnsOf(kind: RecordKind, view: View | undefined): string[] {
  return view && view.columns.length > 0 ? view.columns : kind.columns
}

/** For the server: what was changed in a saved view stands instead of it. */
export function queryOf(view: View | undefined, state: ListState): Record<string, string | undefined> {
  const instead = view?.mine && state.filter !== null
  return {
    view: instead ? view.base : state.view,
    filter: state.filter && state.filter.length > 0 ? JSON.stringify(state.filter) : undefined,
    sort: state.sort ?? (instead ? view.sort : undefined),
    q: state.q.trim() || undefined,
  }
}

export function isChanged(view: View | undefined, state: ListState): boolean {
  const before = view?.mine ? view.filter : []
  const filter = state.filter !== null && JSON.stringify(state.filter) !== JSON.stringify(before)
  return filter || (state.sort !== null && state.sort !== view?.sort)
}

/** What can be saved as a view of mine, which begins with the base of the one that is shown; words cannot. */
export function savedConditions(view: View | undefined, state: ListState): Condition[] | null {
  return state.q.trim() ? null : shownConditions(view, state)
}

/** The conditions on one field, replaced in their place. */
export function replaced(all: readonly Condition[], field: string, by: readonly Condition[]): Condition[] {
  const at = all.findIndex(([name]) => name === field)
  const others = all.filter(([name]) => name !== field)
  return at < 0 ? [...others, ...by] : [...others.slice(0, at), ...by, ...others.slice(at)]
}

export function byField(all: readonly Condition[]): [string, Condition[]][] {
  const found = new Map<string, Condition[]>()
  for (const one of all) found.set(one[0], [...(found.get(one[0]) ?? []), one])
  return [...found]
}

/** One field's conditions as its form shows them. */
export interface ConditionForm {
  operator: Operator | 'between'
  value: unknown
  least: string
  most: string
}

export function isRange(field: Field): boolean {
  return field.operators.includes('at_least') && field.operators.includes('at_most')
}

/** The ways offered: a range stands for its two halves. */
export function waysOf(field: Field): ConditionForm['operator'][] {
  const rest = field.operators.filter((one) => one !== 'at_least' && one !== 'at_most' && one !== 'is')
  if (isRange(field)) return ['between', ...rest]
  return field.operators
}

export function formOf(field: Field, conditions: readonly Condition[]): ConditionForm {
  const [first] = conditions
  const blank: ConditionForm = { operator: waysOf(field)[0] ?? 'filled', value: null, least: '', most: '' }
  if (!first) return blank
  const [, operator, value] = first
  if (operator === 'at_least' || operator === 'at_most' || (operator === 'is' && isRange(field))) {
    const of = (name: Operator): string => {
      const found = conditions.find(([, one]) => one === name || one === 'is')?.[2]
      return isDays(found) ? `days:${found.days}` : typeof found === 'string' ? found : ''
    }
    return { operator: 'between', value: null, least: of('at_least'), most: of('at_most') }
  }
  return { ...blank, operator, value }
}

export function isDays(value: unknown): value is { days: number } {
  return typeof value === 'object' && value !== null && 'days' in value
}

/** Nothing filled in: no condition. */
export function conditionsOf(field: Field, form: ConditionForm): Condition[] {
  const { operator, value, least, most } = form
  if (operator === 'between') {
    const end = (text: string): unknown => (text.startsWith('days:') ? { days: Number(text.slice(5)) } : text)
    return [
      ...(least ? [[field.name, 'at_least', end(least)] as Condition] : []),
      ...(most ? [[field.name, 'at_most', end(most)] as Condition] : []),
    ]
  }
  if (WITHOUT_VALUE.includes(operator)) return [[field.name, operator, null]]
  const isNothing = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return isNothing ? [] : [[field.name, operator, value]]
}

/** The sorts offered: every field that can, down before up where newer or more comes first. */
export function sortsOf(kind: RecordKind): { field: Field; name: string; down: boolean }[] {
  return kind.fields
    .filter((one) => one.can_sort)
    .flatMap((field) => {
      const isFirstDown = ['money', 'number', 'percent', 'date', 'time'].includes(field.type)
      return [isFirstDown, !isFirstDown].map((down) => ({ field, down, name: down ? `-${field.name}` : field.name }))
    })
}

/** Pressing a column: its first direction, then the other. */
export function pressedSort(kind: RecordKind, now: string, name: string): string | null {
  const field = fieldOf(kind, name)
  if (!field?.can_sort) return null
  if (now === name) return `-${name}`
  if (now === `-${name}`) return name
  return sortsOf(kind).find((one) => one.field === field)?.name ?? name
}
