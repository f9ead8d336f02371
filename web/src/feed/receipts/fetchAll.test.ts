import { afterEach, expect, test, vi } from 'vitest'
import { store } from '../../live/store'
import { fetchAll } from './columns'

afterEach(() => vi.unstubAllGlobals())

test('names to copy come from all pages, and the tally from the answers', async () => {
  const counts = { post_id: 9, version: 1, asked: 3, done: 0, read: 0, withdrawn: 0, left: 0 }
  const row = (person_id: number) => ({ person_id, state: 'open', read_at: null, done_at: null })
  const pages = [
    { names: 'all', counts, items: [row(1), row(2)], next: 'more' },
    { names: 'all', counts, items: [row(3)], next: null },
  ]
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return new Response(JSON.stringify(pages.shift()), { headers: { 'tenfour-seq': '5' } })
  })
  expect((await fetchAll(9, 'unread')).map((one) => one.person_id)).toEqual([1, 2, 3])
  expect(asked[0]).toContain('column=unread')
  expect(asked[1]).toContain('cursor=more')
  expect(store.get('tally/receipts', 9)).toEqual(counts)
})
