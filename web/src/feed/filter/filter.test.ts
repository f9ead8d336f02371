import { beforeEach, expect, test } from 'vitest'
import type { Post } from '../../api/types'
import { store } from '../../live/store'
import type { Reader } from '../receipts/mine'
import { addressOf, EVERYTHING, type Filter, filterOf, fits } from './filter'

const me: Reader = { id: 2, kind: 'employee', departments: new Set([7, 1]) }
const post = (about: Partial<Post>): Post => ({
  id: 9, kind: 'share', author_id: 3, text: 'p', version: 1, created_at: '2026-06-01T02:00:00Z', edited_at: null,
  audience: { everyone: false, departments: [7], people: [] }, mentions: { people: [], departments: [] }, receipts: null, by_id: null,
  ...about,
})
const only = (about: Partial<Filter>): Filter => ({ ...EVERYTHING, ...about })

beforeEach(() => store.reset(1, []))

test('a filter and its address say the same, and nonsense in an address is left out', () => {
  for (const address of ['/', '/?kind=announcement', '/?filter=mine', '/?filter=hidden&department=7', '/?person=12', '/?record=customer-99', `/?topic=${encodeURIComponent('春季 发布')}`]) {
    expect(addressOf(filterOf(address.slice(2)))).toBe(address)
  }
  expect(filterOf('filter=everything&kind=poem&department=-1&person=abc&share&topic=%23a&record=customer-0')).toEqual(EVERYTHING)
})

test('what names me or a department above me is a mention of mine', () => {
  const mentions = only({ which: 'mentions' })
  expect(fits(post({ mentions: { people: [2], departments: [] } }), mentions, me, store)).toBe(true)
  expect(fits(post({ mentions: { people: [], departments: [1] } }), mentions, me, store)).toBe(true)
  expect(fits(post({ mentions: { people: [4], departments: [5] } }), mentions, me, store)).toBe(false)
})

test('all that is asked for must hold', () => {
  expect(fits(post({}), only({ person: 3, department: 7 }), me, store)).toBe(true)
  expect(fits(post({}), only({ kind: 'announcement', person: 3 }), me, store)).toBe(false)
  expect(fits(post({ kind: 'announcement' }), only({ kind: 'announcement' }), me, store)).toBe(true)
  expect(fits(post({}), only({ person: 3, department: 1 }), me, store)).toBe(false)
  const about = only({ record: { kind: 'customer', id: 99 } })
  expect(fits(post({ cards: [{ kind: 'customer', id: 99, version: 1 }] }), about, me, store)).toBe(true)
  expect(fits(post({ cards: [{ kind: 'contact', id: 99, version: 1 }] }), about, me, store)).toBe(false)
  expect(fits(post({ author_id: 2 }), only({ which: 'mine', department: 7 }), me, store)).toBe(true)
})

test('what is noted for oneself decides as it is noted now, and the hidden stands among the hidden alone', () => {
  const [kept, followed, hidden] = [only({ which: 'favourites' }), only({ which: 'followed' }), only({ which: 'hidden' })]
  expect([kept, followed, hidden].map((one) => fits(post({}), one, me, store))).toEqual([false, false, false])
  const at = '2026-06-01T02:00:00Z'
  store.apply(2, [
    { op: 'put', kind: 'favourite', id: 9, data: { at } },
    { op: 'put', kind: 'follow', id: 9, data: { post_id: 9, follows: true } },
  ])
  expect([kept, followed, hidden].map((one) => fits(post({}), one, me, store))).toEqual([true, true, false])
  store.apply(3, [{ op: 'put', kind: 'hidden', id: 9, data: { at } }])
  expect([kept, followed, hidden, EVERYTHING].map((one) => fits(post({}), one, me, store))).toEqual([false, false, true, false])
})

test('a topic fits under every name it has had', () => {
  const spring = post({ topics: ['spring 发布'] })
  expect(fits(spring, only({ topic: 'Ｓｐｒｉｎｇ 发布' }), me, store)).toBe(true)
  expect(fits(spring, only({ topic: '春季' }), me, store)).toBe(false)
  expect(fits(spring, only({ topic: '春季', keys: ['春季', 'spring 发布'] }), me, store)).toBe(true)
  expect(fits(post({}), only({ topic: '春季' }), me, store)).toBe(false)
})
