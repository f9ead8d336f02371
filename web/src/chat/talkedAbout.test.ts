import { expect, test } from 'vitest'
import type { CarriedCard, Change, Message } from '../api/types'
import { Store } from '../live/store'
import { postTalkedAbout } from './talkedAbout'

const ME = 1
const message = (number: number, author: number, cards: Partial<CarriedCard>[] = []): Change => ({
  op: 'put',
  kind: 'message',
  id: 100 + number,
  data: {
    id: 100 + number, conversation_id: 7, number, kind: 'text', author_id: author, client_id: `k${number}`, text: 'x',
    mentions: { people: [], everyone: false }, reply_to: null, created_at: '2026-06-01T02:00:00Z', files: [], cards: cards as CarriedCard[],
  } as unknown as Message,
})
const post = (id: number): Partial<CarriedCard> => ({ kind: 'post', id })

function talk(...said: Change[]): Store {
  const store = new Store()
  store.apply(1, said)
  return store
}

test('the post shown since I last said something is talked about, whatever was said after it', () => {
  const store = talk(message(1, 2, [post(5)]), message(2, ME), message(3, 2, [post(9)]), message(4, 3))
  expect(postTalkedAbout(store, 7, null, ME)).toBe(9)
})

test('what I spoke after is over, unless I answer the very message', () => {
  const store = talk(message(1, 2, [post(5)]), message(2, ME), message(3, 2))
  expect(postTalkedAbout(store, 7, null, ME)).toBeNull()
  expect(postTalkedAbout(store, 7, 101, ME)).toBe(5)
  expect(postTalkedAbout(store, 7, 103, ME)).toBeNull()
})
