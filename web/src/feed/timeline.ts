// Which posts the timeline shows: the pages loaded so far, newest first. What arrives meanwhile waits behind «3 new»,
// so that nothing moves under the reader; my own just-published share is the exception. Kept while other pages are open.
import { api } from '../api/client'
import { asProblem, type ApiProblem } from '../api/problem'
import type { Bootstrap, Id, List, Post } from '../api/types'
import { applyList } from '../live/answers'
import { published } from '../live/carry'
import { Signal } from '../live/emitter'
import { type Store, store } from '../live/store'

export interface Pages {
  /** Newest first. */
  ids: readonly Id[]
  next: string | null
  busy: boolean
  problem: ApiProblem | null
  /** Of the store these ids belong to. */
  generation: number
}

const nothing: Pages = { ids: [], next: null, busy: false, problem: null, generation: -1 }
export const pages = new Signal<Pages>(nothing)
const PAGE = 20
const REFILL_PAGES = 10

export function merged(...lists: readonly (readonly Id[])[]): Id[] {
  return [...new Set(lists.flat())].sort((a, b) => b - a)
}

/** Posts that lie within what is loaded and are not shown: they came since. */
export function freshPosts(from: Store, { ids, next }: Pages): Id[] {
  const oldest = next === null ? 0 : (ids.at(-1) ?? 0)
  const shown = new Set(ids)
  return from
    .posts()
    .map((post) => post.id)
    .filter((id) => id > oldest && !shown.has(id) && !from.get('hidden', id))
}

/** At the first visit after sign-in: the bootstrap's page. After a reset: the pages that were there, fetched again. */
export function beginTimeline(boot: Bootstrap): void {
  const now = pages.get()
  if (now.generation === store.generation) return
  const first = { ...nothing, ids: boot.posts.ids, next: boot.posts.next, generation: store.generation }
  const oldest = now.generation === -1 ? undefined : now.ids.at(-1)
  if (oldest === undefined || first.next === null || oldest >= (first.ids.at(-1) ?? 0)) {
    const known = now.generation === -1 ? first.ids : first.ids.filter((id) => now.ids.includes(id))
    pages.set({ ...first, ids: known.length > 0 ? known : first.ids })
    return
  }
  pages.set({ ...now, busy: true, problem: null, generation: store.generation })
  void refill(first, now.ids, oldest)
}

async function refill(first: Pages, shown: readonly Id[], oldest: Id): Promise<void> {
  let found: readonly Id[] = first.ids
  let next = first.next
  try {
    for (let i = 0; i < REFILL_PAGES && next !== null && (found.at(-1) ?? 0) > oldest; i += 1) {
      const answer: Awaited<ReturnType<typeof fetchPage>> = await fetchPage(next, 100)
      found = merged(found, answer.ids)
      next = answer.next
    }
  } catch {
    found = first.ids
    next = first.next
  }
  if (pages.get().generation !== first.generation) return
  const before = new Set(shown)
  const newest = shown[0] ?? 0
  pages.set({ ...first, ids: found.filter((id) => before.has(id) || id < newest), next })
}

async function fetchPage(cursor: string, limit: number): Promise<{ ids: Id[]; next: string | null }> {
  const answer = await api.get<List<Post>>('/posts', { query: { cursor, limit } })
  return { ids: applyList('post', answer), next: answer.data.next }
}

export async function loadMore(): Promise<void> {
  const before = pages.get()
  if (before.busy || before.next === null) return
  pages.set({ ...before, busy: true, problem: null })
  try {
    const { ids, next } = await fetchPage(before.next, PAGE)
    const now = pages.get()
    if (now.generation === before.generation) pages.set({ ...now, ids: merged(now.ids, ids), next, busy: false })
  } catch (error) {
    const now = pages.get()
    if (now.generation === before.generation) pages.set({ ...now, busy: false, problem: asProblem(error) })
  }
}

/** «3 new» was pressed, or the page is opened afresh. */
export function showFresh(): void {
  const now = pages.get()
  const fresh = freshPosts(store, now)
  if (fresh.length > 0) pages.set({ ...now, ids: merged(fresh, now.ids) })
}

export function forgetTimeline(): void {
  pages.set(nothing)
}

published.on(({ post }) => {
  const now = pages.get()
  if (now.generation !== -1) pages.set({ ...now, ids: merged([post.id], now.ids) })
})
