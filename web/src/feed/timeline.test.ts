import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Bootstrap, Change, Post } from '../api/types'
import { published } from '../live/carry'
import type { ShareAct } from '../live/outbox'
import { store } from '../live/store'
import { beginTimeline, forgetTimeline, freshPosts, loadMore, merged, pages, showFresh } from './timeline'

const post = (id: number): Post => ({
  id, kind: 'share', author_id: 2, text: `p${id}`, version: 1, created_at: '2026-06-01T02:00:00Z', edited_at: null,
  audience: { everyone: true, departments: [], people: [] }, mentions: { people: [], departments: [] }, receipts: null, by_id: null,
})
const put = (id: number): Change => ({ op: 'put', kind: 'post', id, data: post(id) })
const boot = (ids: number[], next: string | null): Bootstrap => ({ posts: { ids, next } }) as unknown as Bootstrap
let seq = 100
const arrives = (id: number): void => store.apply((seq += 1), [put(id)])

function answers(...lists: { ids: number[]; next: string | null }[]): void {
  const fetched = vi.fn(async () => {
    const list = lists.shift()
    if (!list) throw new TypeError('offline')
    return new Response(JSON.stringify({ items: list.ids.map(post), next: list.next }), {
      headers: { 'tenfour-seq': '90', 'content-type': 'application/json' },
    })
  })
  vi.stubGlobal('fetch', fetched)
}

beforeEach(() => {
  store.reset(10, [put(5), put(4), put(3)])
  forgetTimeline()
  beginTimeline(boot([5, 4, 3], 'older'))
})
afterEach(() => vi.unstubAllGlobals())

test('what arrives waits until it is asked for', () => {
  arrives(6)
  arrives(7)
  expect(pages.get().ids).toEqual([5, 4, 3])
  expect(freshPosts(store, pages.get())).toEqual([7, 6])
  showFresh()
  expect(pages.get().ids).toEqual([7, 6, 5, 4, 3])
  expect(freshPosts(store, pages.get())).toEqual([])
})

test('a post committed later with a smaller number is not lost', () => {
  arrives(7)
  showFresh()
  arrives(6)
  expect(freshPosts(store, pages.get())).toEqual([6])
})

test('an older post opened by its link does not count as new', () => {
  arrives(1)
  expect(freshPosts(store, pages.get())).toEqual([])
})

test('my own share is shown at once, others keep waiting', () => {
  arrives(6)
  published.emit({ act: {} as ShareAct, post: post(7), notNotified: { people: [], departments: [] } })
  arrives(7)
  expect(pages.get().ids).toEqual([7, 5, 4, 3])
  expect(freshPosts(store, pages.get())).toEqual([6])
})

test('older pages follow, and a lost answer can be tried again', async () => {
  answers()
  await loadMore()
  expect(pages.get()).toMatchObject({ ids: [5, 4, 3], busy: false, next: 'older' })
  expect(pages.get().problem?.isNetwork).toBe(true)
  answers({ ids: [2, 1], next: null })
  await loadMore()
  expect(pages.get()).toMatchObject({ ids: [5, 4, 3, 2, 1], next: null, problem: null })
})

test('after a reset the pages that were there come again, and newer posts wait', async () => {
  answers({ ids: [2, 1], next: null }, { ids: [3, 2, 1], next: null })
  await loadMore()
  store.reset(200, [put(8), put(5), put(4)])
  beginTimeline(boot([8, 5, 4], 'older'))
  await vi.waitFor(() => expect(pages.get().busy).toBe(false))
  expect(pages.get().ids).toEqual([5, 4, 3, 2, 1])
  expect(freshPosts(store, pages.get())).toEqual([8])
})

test('lists are merged without doubles, newest first', () => {
  expect(merged([3, 1], [3, 2])).toEqual([3, 2, 1])
})
