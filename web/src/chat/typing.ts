// Who is typing: passing frames, shown for five seconds, never stored.
import { useEffect, useMemo, useRef } from 'react'
import type { Id } from '../api/types'
import { Signal, useSignal } from '../live/emitter'
import { live } from '../live/live'
import { frames } from '../live/socket'

const SHOWN = 5_000
const EVERY = 3_000

type Typers = ReadonlyMap<Id, ReadonlyMap<Id, number>>
const typers = new Signal<Typers>(new Map())
const nobody: ReadonlyMap<Id, number> = new Map()

function set(conversation: Id, person: Id, until: number | null): void {
  const here = new Map(typers.get().get(conversation) ?? nobody)
  if (until === null) here.delete(person)
  else here.set(person, until)
  typers.set(new Map(typers.get()).set(conversation, here))
}

frames.on((frame) => {
  if (frame.op !== 'typing') return
  const { conversation, person } = frame
  const until = Date.now() + SHOWN
  set(conversation, person, until)
  setTimeout(() => {
    if (typers.get().get(conversation)?.get(person) === until) set(conversation, person, null)
  }, SHOWN)
})

/** A message of theirs ends their typing. */
export function stoppedTyping(conversation: Id, person: Id): void {
  if (typers.get().get(conversation)?.has(person)) set(conversation, person, null)
}

export function useTypers(conversation: Id, me: Id): Id[] {
  const all = useSignal(typers)
  const here = all.get(conversation) ?? nobody
  return useMemo(() => [...here.keys()].filter((id) => id !== me), [here, me])
}

/** Call at every change of the text; tells the others at most every three seconds. */
export function useTellTyping(conversation: Id): () => void {
  const toldAt = useRef(0)
  useEffect(() => {
    toldAt.current = 0
  }, [conversation])
  return () => {
    if (Date.now() - toldAt.current < EVERY) return
    toldAt.current = Date.now()
    live.send({ op: 'typing', conversation })
  }
}
