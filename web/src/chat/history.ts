// The loaded part of a conversation: everything from one number up to the newest. Older pages come by HTTP when asked
// for; newer messages come live, and the resume guarantees that none is missing. Forgotten at a reset of the store.
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { api } from '../api/client'
import { type ApiProblem, asProblem } from '../api/problem'
import type { Id, List, Message } from '../api/types'
import { applyList } from '../live/answers'
import { Signal } from '../live/emitter'
import { useSelector } from '../live/hooks'
import { store } from '../live/store'

const PAGE = 50

export interface Loaded {
  generation: number
  /** Lowest number from which on everything is here; null before the first page. */
  from: number | null
  reachedStart: boolean
  loading: boolean
  problem: ApiProblem | null
}

const parts = new Map<Id, Signal<Loaded>>()

function fresh(): Loaded {
  return { generation: store.generation, from: null, reachedStart: false, loading: false, problem: null }
}

function partOf(conversation: Id): Signal<Loaded> {
  let part = parts.get(conversation)
  if (!part) parts.set(conversation, (part = new Signal(fresh())))
  return part
}

/** One more page backwards (the newest page first); does nothing while one is on its way. */
export async function loadOlder(conversation: Id, limit = PAGE): Promise<void> {
  const part = partOf(conversation)
  if (part.get().generation !== store.generation) part.set(fresh())
  const before = part.get()
  if (before.loading || before.reachedStart) return
  part.set({ ...before, loading: true, problem: null })
  try {
    const query = { before: before.from, limit }
    const answer = await api.get<List<Message>>(`/conversations/${conversation}/messages`, { query })
    if (before.generation !== store.generation) {
      part.set(fresh())
      return
    }
    applyList('message', answer)
    const { items } = answer.data
    // Nothing at all yet: everything that comes is here.
    const lowest = items.reduce((low, m) => Math.min(low, m.number), before.from ?? items[0]?.number ?? 0)
    part.set({ ...before, from: lowest, reachedStart: items.length < limit || lowest <= 1, loading: false })
  } catch (error) {
    part.set({ ...before, loading: false, problem: asProblem(error) })
  }
}

/** Loads until `number` is here (the jump to the first unread). */
export async function loadBackTo(conversation: Id, number: number): Promise<void> {
  for (let pages = 0; pages < 40; pages += 1) {
    const { from, reachedStart, problem } = partOf(conversation).get()
    if (reachedStart || problem || (from !== null && from <= number)) return
    await loadOlder(conversation, 100)
  }
}

const nothing: readonly Message[] = []

export function useHistory(conversation: Id): Loaded & { messages: readonly Message[] } {
  const part = partOf(conversation)
  const loaded = useSyncExternalStore(part.subscribe, part.get)
  const generation = useSelector(['message', 'conversation'], (s) => s.generation)
  const isStale = loaded.generation !== generation
  const from = isStale ? null : loaded.from
  const messages = useSelector(
    ['message'],
    useCallback(
      (s: typeof store) => (from === null ? nothing : s.messagesOf(conversation).filter((m) => m.number >= from)),
      [conversation, from],
    ),
  )
  useEffect(() => {
    if (from === null && (isStale || (!loaded.loading && !loaded.problem))) void loadOlder(conversation)
  }, [conversation, from, isStale, loaded.loading, loaded.problem])
  return { ...loaded, from, messages }
}
