import { expect, test } from 'vitest'
import type { Change, Post } from '../api/types'
import { type Entries, reduce } from './reducer'
import { Store } from './store'

const post = (text: string): Change => ({ op: 'put', kind: 'post', id: 9, data: { id: 9, text } as Post })
const drop: Change = { op: 'drop', kind: 'post', id: 9 }
const textOf = (entries: Entries): string | undefined => (entries.get('post')?.get(9)?.data as Post | undefined)?.text

test('the newest number wins and older changes are ignored', () => {
  const entries: Entries = new Map()
  expect(reduce(entries, 5, post('five'))).toBe(true)
  expect(reduce(entries, 4, post('four'))).toBe(false)
  expect(textOf(entries)).toBe('five')
  expect(reduce(entries, 6, post('six'))).toBe(true)
  expect(textOf(entries)).toBe('six')
})

test('a replayed change of the same number is harmless', () => {
  const entries: Entries = new Map()
  reduce(entries, 5, post('five'))
  reduce(entries, 5, post('five'))
  expect(textOf(entries)).toBe('five')
})

test('a dropped entity is remembered, so that an older put cannot bring it back', () => {
  const entries: Entries = new Map()
  reduce(entries, 5, post('five'))
  reduce(entries, 7, drop)
  expect(reduce(entries, 6, post('six'))).toBe(false)
  expect(textOf(entries)).toBeUndefined()
  expect(reduce(entries, 8, post('eight'))).toBe(true)
  expect(textOf(entries)).toBe('eight')
})

test('a drop of something unknown is remembered too', () => {
  const entries: Entries = new Map()
  reduce(entries, 7, drop)
  expect(reduce(entries, 6, post('six'))).toBe(false)
})

test('any order of the same changes ends in the same state', () => {
  const changes: [number, Change][] = [[1, post('a')], [2, post('b')], [3, drop], [4, post('d')]]
  for (const order of [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]]) {
    const entries: Entries = new Map()
    for (const i of order) reduce(entries, ...(changes[i] as [number, Change]))
    expect(textOf(entries)).toBe('d')
  }
})

test('the store tells listeners of an entity once per batch, and lists posts newest first', () => {
  const store = new Store()
  let told = 0
  store.subscribeTo('post', 9, () => (told += 1))
  store.applyAll([
    { seq: 1, changes: [post('a')] },
    { seq: 2, changes: [post('b'), { op: 'put', kind: 'post', id: 12, data: { id: 12, text: 'new' } as Post }] },
  ])
  expect(told).toBe(1)
  expect(store.posts().map((p) => p.id)).toEqual([12, 9])
  store.reset(3, [])
  expect(told).toBe(2)
  expect(store.posts()).toEqual([])
})
