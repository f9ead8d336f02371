// What a refused saving was told to be like something; which of what stands in a form is worth asking about.
import { asProblem } from '../../api/problem'
import { applyAnswer } from '../../live/answers'
import { wholeNumber } from '../contacting/number'
import { tidy } from '../form'
import type { Field, RecordKind, Value } from '../wire'
import type { Answer, Like, Likes } from './wire'

/** Null: another refusal. */
export function likesIn(error: unknown): Likes | null {
  const refused = asProblem(error)
  const { matches, also } = refused.problem as { matches?: Like[]; also?: Likes['also'] }
  if (refused.code !== 'duplicate' || !matches) return null
  applyAnswer(0, also ?? [])
  return { items: matches, also: also ?? [] }
}

/** A value that is whole, as it is asked for: beginnings are not, since every question is counted. */
export function askedValue(field: Field, value: Value | undefined): string | null {
  if (!field.duplicates) return null
  const text = tidy(field, value)
  if (typeof text !== 'string') return null
  if (field.type === 'phone') return wholeNumber(text)
  if (field.type === 'email') return /^[^@\s]+@[^@\s]+\.[^@\s]{2,}$/.test(text) ? text : null
  return text.length > 1 ? text : null
}

/** One word for everything that is like it. */
export function answersFor(likes: readonly Like[], verdict: Answer['verdict'], reason: string): Answer[] {
  return [...new Set(likes.map((one) => one.field))].map((field) => ({ field, verdict, reason, record: null }))
}

/** The link whose records may share a number. */
export function linkOf(kind: RecordKind): string | null {
  return kind.follows ? (kind.fields.find((one) => one.link === kind.follows && one.required)?.name ?? null) : null
}

/** Each record once, then what I may not read, once for each owner. */
export function distinct(likes: readonly Like[]): Like[] {
  const found = new Map(likes.map((one) => [one.record ? `record ${one.record.id}` : `owner ${one.owner ?? 0}`, one]))
  return [...found.values()]
}
