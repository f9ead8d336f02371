import { expect, test } from 'vitest'
import type { Change, Department, Person, Receipt, ReceiptAsk } from '../../api/types'
import { Store } from '../../live/store'
import { openReceipts, readerOf, receiptOf } from './mine'

const AT = '2026-06-01T02:00:00Z'
const me: Person = {
  id: 17, name: '张伟', kind: 'employee', title: '', staff_number: '', phone: '', email: '',
  department_ids: [31], manager_id: null, state: 'active', left_at: null, away: [], about: '', picture: '', version: 1,
}
const department = (id: number, parent_id: number | null): Change => ({
  op: 'put', kind: 'department', id, data: { id, name: `d${id}`, parent_id, path: `d${id}`, position: 0, heads: [], state: 'active', version: 1 } satisfies Department,
})
const ask = (fields: Partial<ReceiptAsk> = {}): Change => ({
  op: 'put',
  kind: 'receipt_ask',
  id: 9,
  data: { post_id: 9, version: 1, asked_by: 2, asked_at: AT, due_at: null, everyone: false, departments: [], people: [17], ...fields },
})
const explicit = (fields: Partial<Receipt> = {}): Change => ({
  op: 'put',
  kind: 'receipt',
  id: 9,
  data: { post_id: 9, version: 1, state: 'open', asked_by: 2, asked_at: AT, due_at: null, done_at: null, by_id: null, confirmed: 0, answer: null, ...fields },
})
const dropped: Change = { op: 'drop', kind: 'receipt', id: 9 }

function look(...batches: [number, Change][]): Receipt | undefined {
  const store = new Store()
  store.apply(1, [department(3, null), department(31, 3), department(4, null)])
  for (const [seq, change] of batches) store.apply(seq, [change])
  return receiptOf(store, 9, readerOf(store, me))
}

test('an ask that names me is an open receipt', () => {
  expect(look([10, ask({ due_at: AT })])).toEqual({
    post_id: 9, version: 1, state: 'open', asked_by: 2, asked_at: AT, due_at: AT, done_at: null, by_id: null, confirmed: 0, answer: null,
  })
})
test('an ask that names my department or one above it is mine, another is not', () => {
  expect(look([10, ask({ people: [], departments: [31] })])?.state).toBe('open')
  expect(look([10, ask({ people: [], departments: [3] })])?.state).toBe('open')
  expect(look([10, ask({ people: [], departments: [4] })])).toBeUndefined()
})
test('an ask of everyone is mine as an employee, not as an outsider', () => {
  expect(look([10, ask({ people: [], everyone: true })])?.state).toBe('open')
  const store = new Store()
  store.apply(10, [ask({ people: [], everyone: true })])
  expect(receiptOf(store, 9, readerOf(store, { ...me, kind: 'external' }))).toBeUndefined()
})
test('nobody owes a receipt to themselves', () => {
  expect(look([10, ask({ asked_by: 17, everyone: true })])).toBeUndefined()
})
test('an explicit receipt wins over an ask that is older or as old', () => {
  expect(look([10, ask()], [11, explicit({ state: 'done', done_at: AT, by_id: null, confirmed: 0, answer: null })])?.state).toBe('done')
  expect(look([10, ask()], [10, explicit({ state: 'done', done_at: AT, by_id: null, confirmed: 0, answer: null })])?.state).toBe('done')
  expect(look([11, explicit({ state: 'withdrawn' })], [10, ask()])?.state).toBe('withdrawn')
})
test('an ask wins over an older receipt', () => {
  const again = look([10, explicit({ state: 'done', done_at: AT, by_id: null, confirmed: 0, answer: null })], [12, ask({ version: 2 })])
  expect(again).toMatchObject({ state: 'open', version: 2, done_at: null, by_id: null, confirmed: 0, answer: null })
})
test('an ask that no longer names me takes an older receipt away', () => {
  expect(look([10, explicit()], [12, ask({ version: 2, people: [5] })])).toBeUndefined()
})
test('a dropped receipt wins over an older ask', () => {
  expect(look([10, ask()], [11, dropped])).toBeUndefined()
  expect(look([11, dropped], [12, ask()])?.state).toBe('open')
})
test('the badge counts open ones only, each post once', () => {
  const store = new Store()
  store.apply(10, [ask(), explicit(), { ...explicit({ post_id: 8, state: 'done' }), id: 8 } as Change])
  store.apply(11, [{ ...ask({ post_id: 7 }), id: 7 } as Change])
  expect(openReceipts(store, readerOf(store, me)).map((r) => r.post_id).sort()).toEqual([7, 9])
})
test('the same state gives the same objects', () => {
  const store = new Store()
  store.apply(10, [ask()])
  const reader = readerOf(store, me)
  expect(receiptOf(store, 9, reader)).toBe(receiptOf(store, 9, reader))
})
