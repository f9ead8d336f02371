// What a registration can fill in, beside what stands there. Nothing that was typed is replaced unless it is ticked. Pure.
import { isEmpty, isMasked, sameValue } from '../values'
import type { Field, RecordKind, Value } from '../wire'
import { fieldOf, isWritable } from '../kinds'
import type { Registration } from './wire'

export interface Offer {
  field: Field
  now: Value
  told: Value
  /** Nothing stands there: ticked from the beginning. */
  isEmpty: boolean
}

/** Only what differs, of fields that may be written. */
export function offersOf(kind: RecordKind, told: Registration, values: Readonly<Record<string, Value>>): Offer[] {
  return Object.entries(kind.registry?.fills ?? {}).flatMap(([part, name]) => {
    const field = fieldOf(kind, name)
    const value = told[part as keyof Registration] as Value | undefined
    const now = values[name] ?? null
    if (!field || !isWritable(field) || isEmpty(value) || isMasked(now) || sameValue(now, value)) return []
    return [{ field, now, told: value ?? null, isEmpty: isEmpty(now) }]
  })
}

export function firstTicked(offers: readonly Offer[]): string[] {
  return offers.filter((one) => one.isEmpty).map((one) => one.field.name)
}
