import { expect, test } from 'vitest'
import type { Message } from '../api/types'
import type { MessageAct } from '../live/outbox'
import { rowsOf } from './rows'

const ME = 1
const said = (number: number, author: number, at: string, fields: Partial<Message> = {}): Message => ({
  id: 100 + number, conversation_id: 7, number, kind: 'text', author_id: author, client_id: `k${number}`, text: 'x',
  mentions: { people: [], everyone: false }, reply_to: null, created_at: at, ...fields,
})
const act = (client_id: string, made_at: string): MessageAct => ({
  kind: 'message', client_id, conversation: 7, text: 'x', mentions: { people: [], everyone: false }, reply_to: null,
  person: ME, made_at, order: 0, state: 'pending', problem: null,
})
const given = { acts: [], me: ME, since: null, reachedStart: true }
const types = (rows: ReturnType<typeof rowsOf>): string[] => rows.map((row) => row.type)

test('each day begins with its heading, but not above older messages that are not loaded', () => {
  const messages = [said(1, 2, '2026-06-01T10:00:00'), said(2, 2, '2026-06-02T10:00:00')]
  expect(types(rowsOf({ ...given, messages }))).toEqual(['day', 'message', 'day', 'message'])
  expect(types(rowsOf({ ...given, messages, reachedStart: false }))).toEqual(['message', 'day', 'message'])
})

test('one sender within five minutes is one group', () => {
  const messages = [said(1, 2, '2026-06-01T10:00:00'), said(2, 2, '2026-06-01T10:04:00'), said(3, 2, '2026-06-01T10:20:00'), said(4, 3, '2026-06-01T10:20:30')]
  expect(rowsOf({ ...given, messages }).filter((r) => r.type === 'message').map((r) => r.leads)).toEqual([true, false, true, true])
})

test('the marker stands before the first unread message', () => {
  const messages = [said(1, 2, '2026-06-01T10:00:00'), said(2, 2, '2026-06-01T10:01:00')]
  const since = { readUpTo: 1, count: 1 }
  expect(types(rowsOf({ ...given, messages, since }))).toEqual(['day', 'message', 'new', 'message'])
  const tail = messages.slice(1)
  expect(types(rowsOf({ ...given, messages: tail, since, reachedStart: false }))).toEqual(['message'])
})

test('a message that arrived replaces its pending row under the same key', () => {
  const pending = rowsOf({ ...given, messages: [], acts: [act('a1', '2026-06-01T10:00:00')] })
  const sent = rowsOf({
    ...given,
    messages: [said(1, ME, '2026-06-01T10:00:00', { client_id: 'a1' })],
    acts: [act('a1', '2026-06-01T10:00:00')],
  })
  expect(pending.at(-1)).toMatchObject({ type: 'pending', key: 'ca1' })
  expect(sent.filter((row) => row.key === 'ca1').map((row) => row.type)).toEqual(['message'])
})

test('only my newest message says that it is safe', () => {
  const messages = [said(1, ME, '2026-06-01T10:00:00'), said(2, ME, '2026-06-01T10:01:00'), said(3, 2, '2026-06-01T10:02:00')]
  const rows = rowsOf({ ...given, messages }).filter((r) => r.type === 'message')
  expect(rows.map((r) => r.isLatestOfMine)).toEqual([false, true, false])
})
