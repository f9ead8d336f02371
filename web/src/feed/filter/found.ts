// How far down a filtered timeline was looked: what lies within is what the store holds and fits, so that it is always right.
import { useCallback, useEffect } from 'react'
import { api } from '../../api/client'
import { asProblem, type ApiProblem } from '../../api/problem'
import type { Id, List, Post } from '../../api/types'
import { applyList } from '../../live/answers'
import { Signal, useSignal } from '../../live/emitter'
import { useSelector } from '../../live/hooks'
import { type Store, store } from '../../live/store'
import { useReader } from '../receipts/mine'
import { addressOf, type Filter, fits, queryOf } from './filter'

interface Found {
  address: string
  generation: number
  /** Everything above this id has been looked at. */
  down: Id
  /** Cursor of the next page; null: there are no more, undefined: nothing was asked yet. */
  next: string | null | undefined
  busy: boolean
  problem: ApiProblem | null
}

const nothing: Found = { address: '', generation: -1, down: Infinity, next: undefined, busy: false, problem: null }
const found = new Signal<Found>(nothing)
const PAGE = 20

export function forgetFound(): void {
  found.set(nothing)
}

/** The next page; a page without anything is followed by another one, because the server looks only so far at once. */
export async function lookFurther(filter: Filter): Promise<void> {
  const address = addressOf(filter)
  const isNow = (): boolean => found.get().address === address && found.get().generation === store.generation
  if (!isNow()) found.set({ ...nothing, address, generation: store.generation })
  const { busy, next: first } = found.get()
  if (busy || first === null) return
  found.set({ ...found.get(), busy: true, problem: null })
  try {
    let cursor: string | null | undefined = first
    let ids: Id[] = []
    while (ids.length === 0 && cursor !== null && isNow()) {
      const query = { ...queryOf(filter), limit: PAGE, ...(cursor !== undefined && { cursor }) }
      const answer: Awaited<ReturnType<typeof ask>> = await ask(query)
      ids = answer.ids
      cursor = answer.next
    }
    if (!isNow() || cursor === undefined) return
    const down = cursor === null ? 0 : (ids.at(-1) ?? found.get().down)
    found.set({ ...found.get(), down, next: cursor, busy: false })
  } catch (error) {
    if (isNow()) found.set({ ...found.get(), busy: false, problem: asProblem(error) })
  }
}

async function ask(query: Record<string, string | number>): Promise<{ ids: Id[]; next: string | null }> {
  const answer = await api.get<List<Post>>('/posts', { query })
  return { ids: applyList('post', answer), next: answer.data.next }
}

export interface Shown {
  ids: Id[]
  /** Nothing has been answered yet. */
  isNew: boolean
  busy: boolean
  problem: ApiProblem | null
  isEnd: boolean
}

export function useFound(filter: Filter): Shown {
  const now = useSignal(found)
  const reader = useReader()
  const address = addressOf(filter)
  const isMine = now.address === address && now.generation === store.generation
  useEffect(() => {
    if (!isMine) void lookFurther(filter)
    // biome-ignore lint: a filter is compared by its address
  }, [address, isMine])
  const down = isMine ? now.down : Infinity
  const select = useCallback(
    (from: Store) =>
      from
        .posts()
        .filter((post) => post.id >= down && fits(post, filter, reader, from))
        .map((post) => post.id),
    // biome-ignore lint: a filter is compared by its address
    [address, filter.keys?.join('\n'), down, reader],
  )
  const ids = useSelector(['post', 'hidden', 'favourite', 'follow'], select)
  return {
    ids,
    isNew: !isMine || (now.next === undefined && now.problem === null),
    busy: !isMine || now.busy,
    problem: isMine ? now.problem : null,
    isEnd: isMine && now.next === null,
  }
}
