// A record while it is being made: what stands in the form, what is sent, which fields go first. Pure.
import { fieldsOf, isWritable } from './kinds'
import { isLines, tidied } from './lines/lines'
import type { Home } from './pools/PoolSelect'
import type { ChosenCompany } from './registry/wire'
import { decimalOf, isEmpty, sent } from './values'
import type { Field, RecordKind, Sent, Value } from './wire'

export interface RecordForm {
  values: Record<string, Value>
  /** Null: as the server has it, which is the owner of what it belongs to. */
  owner: number | null
  /** Null: by the owner's department. */
  pool?: Home
  /** It lies in `pool`, owned by nobody. */
  isUnowned?: boolean
  /** The whole form, section by section. */
  isWhole: boolean
  /** Chosen in the registry; kept with the record when it is there. */
  company?: ChosenCompany | null
}

export const OWNER = 'owner'

/** A contact stands below its customer, and goes to whoever has that (M20). */
export function standsBelow(kind: RecordKind): boolean {
  return kind.fields.some((one) => one.type === 'link' && one.required)
}

/** The short form: what the declaration names, and whatever is required besides. */
export function quickFields(kind: RecordKind): Field[] {
  const named = kind.quick.filter((name) => name !== OWNER)
  const required = kind.fields.filter((one) => one.required && !named.includes(one.name)).map((one) => one.name)
  return fieldsOf(kind, [...named, ...required]).filter(isWritable)
}

/** What a form starts with is not yet something that somebody wrote. */
export function isBegun(form: RecordForm, from: Record<string, Value>): boolean {
  return Object.entries(form.values).some(([name, value]) => !isEmpty(value) && JSON.stringify(value) !== JSON.stringify(from[name]))
}

/** Only what was filled in; numbers as the server takes them. */
export function bodyOf(kind: RecordKind, form: RecordForm): { fields: Record<string, Sent>; owner?: number | null; pool?: number | null } {
  const fields: Record<string, Sent> = {}
  for (const field of kind.fields.filter(isWritable)) {
    const value = tidy(field, form.values[field.name])
    if (!isEmpty(value)) fields[field.name] = sent(value)
  }
  const home = form.pool === undefined || form.pool === null ? {} : { pool: form.pool === 'none' ? null : form.pool }
  if (form.isUnowned) return { fields, owner: null, ...home }
  return { fields, ...(form.owner !== null && { owner: form.owner }), ...home }
}

export function tidy(field: Field, value: Value | undefined): Value {
  if (value === undefined) return null
  if (isLines(field, value)) return tidied(field.lines, value)
  if (typeof value !== 'string') return value
  const isNumber = field.type === 'money' || field.type === 'number' || field.type === 'percent'
  return isNumber && value.trim() ? decimalOf(value) : value.trim() || null
}

/** Whether one of the refused fields is hidden in the short form. */
export function needsWhole(kind: RecordKind, refused: readonly string[]): boolean {
  const quick = new Set(quickFields(kind).map((one) => `fields.${one.name}`))
  return refused.some((name) => name.startsWith('fields.') && !quick.has(name))
}
