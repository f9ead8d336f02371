// What a share is before it is published: the fields beside the text, what they send, and what is wrong with them. Pure.
import type { ApiProblem } from '../../api/problem'
import type { Audience, FieldProblem, NewPost, NewReceipts, Ref } from '../../api/types'
import { listed } from '../../i18n/dates'
import type { Mentioned } from '../../ui/composing'
import type { Named } from '../../ui/names'
import { share } from '../kinds/kinds'
import type { Details, PostKind } from '../kinds/declared'
import { missingOf, type PollForm, pollOf } from '../poll/form'
import { type TableForm, tableOf } from '../table/form'
import { type QuestionForm, questionOf } from '../receipts/question/form'
import type { DueChoice } from './due'

/** The place of the draft (ui/drafts). */
export const SHARE = 'share'
export const MOST_TEXT = 20_000

export interface AskForm {
  on: boolean
  whom: 'all' | 'some'
  names: Named[]
  choice: DueChoice
  /** ISO time, null: no due time. */
  due: string | null
  /** What a deputy confirms for somebody counts (W34). Missing in drafts of earlier versions. */
  byDeputy?: boolean
  /** What is answered with the receipt (N7). Missing in drafts of earlier versions. */
  question?: QuestionForm | null
  /** Who joins a department later is asked too (N6). Missing in drafts of earlier versions. */
  bound?: boolean
  /** Who has not confirmed in time is followed up (N5). Missing in drafts of earlier versions. */
  ladder?: boolean
}
export interface ShareForm {
  audience: Named[]
  ask: AskForm
  /** Of kinds that have them (feed/kinds). */
  title?: string
  details?: Details
  /** The vote it carries. Missing in drafts of earlier versions. */
  poll?: PollForm | null
  /** The prepared table it carries. Missing in drafts of earlier versions. */
  table?: TableForm | null
  /** People are told of it in their quiet hours too. Missing in drafts of earlier versions. */
  urgent?: boolean
  /** The id under which it was sent; kept until the server's answer is certain, so that it is published once. */
  sentAs: string | null
}
/** What the outbox keeps beside the body, to open the composer again. */
export interface KeptShare {
  text: string
  mentioned: Mentioned[]
  form: ShareForm
}

export const emptyForm: ShareForm = {
  audience: [],
  ask: { on: false, whom: 'all', names: [], choice: 'none', due: null },
  sentAs: null,
}

export function audienceOf(names: readonly Named[]): Audience {
  const ids = (kind: Named['kind']): number[] => names.filter((n) => n.kind === kind).map((n) => n.id)
  return { everyone: names.some((n) => n.kind === 'everyone'), departments: ids('department'), people: ids('person') }
}

export function bodyOf(text: string, { audience, ask, title = '', details = {}, poll = null, table = null, urgent = false }: ShareForm, cards: readonly Ref[] = [], kind: PostKind = share): NewPost {
  const given = kind.given?.(details) ?? { details, people: [] }
  const seeing = audienceOf(audience)
  return {
    kind: kind.kind,
    ...(kind.titled ? { title } : {}),
    text,
    audience: { ...seeing, people: [...new Set([...seeing.people, ...given.people])] },
    receipts: ask.on ? receiptsOf(ask, audience) : null,
    ...(kind.Fields ? { details: given.details } : {}),
    ...(kind.poll && poll ? { poll: pollOf(poll) } : {}),
    ...(kind.table && table ? { table: tableOf(table) } : {}),
    ...(urgent ? { urgent } : {}),
    ...(cards.length > 0 ? { cards: cards.map(({ kind, id }) => ({ kind, id })) } : {}),
  }
}

/** `audience`: who sees it, and so must confirm where all of them must. */
export function receiptsOf(ask: AskForm, audience: readonly Named[]): NewReceipts {
  const asked = audienceOf(ask.whom === 'all' ? audience : ask.names)
  const bound = (ask.bound ?? false) && (asked.everyone || asked.departments.length > 0)
  return { ...asked, due_at: ask.due, by_deputy: ask.byDeputy ?? false, ...(bound && { bound }), ...(ask.ladder && ask.due !== null && { ladder: true }), ...(ask.question ? { question: questionOf(ask.question) } : {}) }
}

export type Field = 'title' | 'text' | 'details' | 'poll' | 'table' | 'audience' | 'urgent' | 'receipts' | 'due' | 'question'
export const fields: readonly Field[] = ['title', 'text', 'details', 'poll', 'table', 'audience', 'urgent', 'receipts', 'due', 'question']

/** What can be said before asking the server; codes are those the server would answer. */
export function missing(isEmpty: boolean, { audience, ask, title = '', details = {}, poll = null }: ShareForm, now: Date, kind: PostKind = share): Partial<Record<Field, FieldProblem>> {
  const found: Partial<Record<Field, FieldProblem>> = {}
  const wrong = (at: Field, field: string, code: string): void => {
    found[at] = { field, code, detail: '' }
  }
  if (kind.titled && title.trim() === '') wrong('title', 'title', 'required')
  if (isEmpty && !kind.leads) wrong('text', 'text', 'required')
  const odd = kind.missing?.(details, now)
  if (odd) wrong('details', ...odd)
  const unfit = kind.poll && poll ? missingOf(poll, now) : null
  if (unfit) wrong('poll', ...unfit)
  if (audience.length === 0 && !kind.own && !kind.given?.(details).people.length) wrong('audience', 'audience', 'required')
  if (ask.on && ask.whom === 'some' && ask.names.length === 0) wrong('receipts', 'receipts', 'required')
  if (ask.on && ask.choice === 'custom' && ask.due === null) wrong('due', 'receipts.due_at', 'required')
  if (ask.on && ask.due !== null && new Date(ask.due) <= now) wrong('due', 'receipts.due_at', 'past')
  if (ask.on && ask.question) {
    const { type, text, ...more } = questionOf(ask.question)
    if (!text.trim()) wrong('question', 'receipts.question.text', 'required')
    else if (type === 'choice' && 'choices' in more && more.choices.length < 2) wrong('question', 'receipts.question.choices', 'too_few')
    else if ('choices' in more && new Set(more.choices).size < more.choices.length) wrong('question', 'receipts.question.choices', 'twice')
  }
  return found
}

export function fieldOf(name: string): Field | null {
  if (name === 'text' || name.startsWith('mentions') || name.startsWith('cards')) return 'text'
  if (name.startsWith('audience')) return 'audience'
  if (name === 'title') return 'title'
  if (name.startsWith('details')) return 'details'
  if (name.startsWith('poll')) return 'poll'
  if (name.startsWith('table')) return 'table'
  if (name === 'receipts.due_at') return 'due'
  if (name.startsWith('receipts.question')) return 'question'
  return name.startsWith('receipts') ? 'receipts' : null
}

/** The server's refusal by field. `audience_empty` and a receipt beyond one's scope name no field, but have one. */
export function refused(problem: ApiProblem): Partial<Record<Field, FieldProblem>> {
  const { code, detail = '', errors = [] } = problem.problem
  const found: Partial<Record<Field, FieldProblem>> = {}
  for (const error of errors) {
    const at = fieldOf(error.field)
    if (at) found[at] ??= error
  }
  if (code === 'audience_empty') found.audience = { field: 'audience', code: 'required', detail }
  const beyond = (problem.problem as { beyond?: number }).beyond
  if (code === 'forbidden' && beyond !== undefined) {
    // Whom the kind may be addressed to; without the reason it is who is asked for a receipt.
    const { reason, names = [] } = problem.problem as { reason?: string; names?: string[] }
    const at = reason === 'beyond_scope' ? 'audience' : reason === 'urgent' ? 'urgent' : 'receipts'
    found[at] = { field: at, code: names.length > 0 ? 'beyond_named' : 'beyond', detail, params: { count: beyond, names: listed(names) } }
  }
  return found
}
