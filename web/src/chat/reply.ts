// Which message a composer answers, by its place; kept like the draft beside it.
import { useMemo } from 'react'
import type { Id } from '../api/types'
import { Signal, useSignal } from '../live/emitter'
import { drafts } from '../ui/drafts'

const all = new Signal<ReadonlyMap<string, Id | null>>(new Map())

function read(person: Id, place: string): Id | null {
  const now = all.get().get(`${person}.${place}`)
  return now === undefined ? drafts.readForm<Id>(person, `${place}.reply`) : now
}

export function replyTo(person: Id, place: string, message: Id | null): void {
  all.set(new Map(all.get()).set(`${person}.${place}`, message))
  drafts.writeForm(person, `${place}.reply`, message)
}

export function useReply(person: Id, place: string): Id | null {
  const now = useSignal(all)
  return useMemo(() => read(person, place), [now, person, place])
}
