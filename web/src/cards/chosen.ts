// The cards chosen in one composer, by its place; kept on the device like the text beside them, so that a reload loses nothing.
import { useMemo } from 'react'
import type { CarriedCard, Id, Ref } from '../api/types'
import { Signal, useSignal } from '../live/emitter'
import { drafts } from '../ui/drafts'
import { keyOf, versionOf } from './known'

export const MOST_CARDS = 10
const all = new Signal<ReadonlyMap<string, readonly Ref[]>>(new Map())
const none: readonly Ref[] = []

const nameOf = (person: Id, place: string): string => `${person}.${place}`

function read(person: Id, place: string): readonly Ref[] {
  return all.get().get(nameOf(person, place)) ?? drafts.readForm<Ref[]>(person, `${place}.cards`) ?? none
}

export const chosenCards = {
  read,
  set(person: Id, place: string, refs: readonly Ref[]): void {
    all.set(new Map(all.get()).set(nameOf(person, place), refs))
    drafts.writeForm(person, `${place}.cards`, refs.length > 0 ? refs : null)
  },
  add(person: Id, place: string, ref: Ref): void {
    const before = read(person, place)
    if (before.some((one) => keyOf(one) === keyOf(ref)) || before.length >= MOST_CARDS) return
    chosenCards.set(person, place, [...before, { kind: ref.kind, id: ref.id }])
  },
  remove(person: Id, place: string, ref: Ref): void {
    chosenCards.set(person, place, read(person, place).filter((one) => keyOf(one) !== keyOf(ref)))
  },
  /** What goes along now; the place is empty afterwards. */
  take(person: Id, place: string): CarriedCard[] {
    const refs = read(person, place)
    chosenCards.set(person, place, none)
    return refs.map((ref) => ({ kind: ref.kind, id: ref.id, version: versionOf(ref) }))
  },
}

export function useChosenCards(person: Id, place: string): readonly Ref[] {
  const now = useSignal(all)
  return useMemo(() => read(person, place), [now, person, place])
}
