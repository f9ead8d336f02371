import { expect, test } from 'vitest'
import type { Change, Membership, Message } from '../api/types'
import { Store } from '../live/store'
import { unreadOf, unreadTotal } from './unread'

const ME = 1
const membership = (fields: Partial<Membership> = {}): Change => ({
  op: 'put',
  kind: 'membership',
  id: 7,
  data: {
    conversation_id: 7, state: 'active', role: 'member', from_number: 0, to_number: null,
    read_number: 0, mentioned_number: 0, muted: false, ...fields,
  },
})
const message = (number: number, author: number, fields: Partial<Message> = {}): Change => ({
  op: 'put',
  kind: 'message',
  id: 100 + number,
  data: {
    id: 100 + number, conversation_id: 7, number, kind: 'text', author_id: author, client_id: 'k', text: 'x',
    mentions: { people: [], everyone: false }, reply_to: null, created_at: '2026-06-01T02:00:00Z', ...fields,
  },
})

function storeWith(...changes: Change[]): Store {
  const store = new Store()
  store.apply(1, changes)
  return store
}

test('unread is the last number minus what I read', () => {
  expect(unreadOf(storeWith(membership({ read_number: 38 }), message(41, 2)), 7, ME)).toEqual({ count: 3, mentioned: false })
})

test('my own message reads everything before it', () => {
  const store = storeWith(membership({ read_number: 38 }), message(40, ME), message(41, 2))
  expect(unreadOf(store, 7, ME).count).toBe(1)
})

test('a message that names me or everyone marks the conversation, an older one does not', () => {
  const named = { mentions: { people: [ME], everyone: false } }
  expect(unreadOf(storeWith(membership({ read_number: 40 }), message(41, 2, named)), 7, ME).mentioned).toBe(true)
  const old = storeWith(membership({ read_number: 40 }), message(39, 2, named), message(41, 2))
  expect(unreadOf(old, 7, ME).mentioned).toBe(false)
  expect(unreadOf(storeWith(membership({ read_number: 30, mentioned_number: 33 }), message(41, 2)), 7, ME).mentioned).toBe(true)
})

test('a conversation I was removed from counts nothing', () => {
  const store = storeWith(membership({ state: 'removed', to_number: 41 }), message(41, 2))
  expect(unreadOf(store, 7, ME).count).toBe(0)
  expect(unreadTotal(store, ME)).toBe(0)
})
