import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { Me, Message } from '../api/types'
import { putChange } from '../live/answers'
import { me } from '../live/bootstrap'
import type { MessageAct } from '../live/outbox'
import { store } from '../live/store'
import { MessageRow } from './MessageRow'
import { type Row, rowsOf } from './rows'

const person = { id: 17, name: '张伟', kind: 'employee', title: '', staff_number: '', phone: '', email: '', department_ids: [], manager_id: null, state: 'active', left_at: null, away: [], about: '', picture: '', version: 1 }
const act = {
  kind: 'message', client_id: 'a1', conversation: 7, text: 'x', mentions: { people: [], everyone: false }, reply_to: null,
  cards: [{ kind: 'customer', id: 1, version: 1 }], made_at: '2026-06-01T10:00:00Z', state: 'waiting',
} as unknown as MessageAct
const sent = {
  id: 100, conversation_id: 7, number: 1, kind: 'text', author_id: 17, client_id: 'a1', text: 'x', mentions: { people: [], everyone: false },
  reply_to: null, files: [], cards: act.cards, created_at: '2026-06-01T10:00:01Z', data: null,
} as unknown as Message

beforeEach(() => {
  store.reset(1, [putChange('person', 17, person as never)])
  me.set({ person, capabilities: {}, company: { time_zone: 'Asia/Shanghai' } } as unknown as Me)
})

function last(messages: Message[], acts: MessageAct[]): Row {
  return rowsOf({ messages, acts, me: 17, since: null, reachedStart: true }).at(-1) as Row
}

test('a message that arrives keeps its cards as they stand: what was opened from them stays open', () => {
  const tree = (row: Row) => (
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <MessageRow key={row.key} row={row} isGroup />
      </MantineProvider>
    </QueryClientProvider>
  )
  const shown = render(tree(last([], [act])))
  expect(screen.getByText('恢复连接后发送')).toBeTruthy()
  const card = shown.container.querySelector('[data-card=customer]')
  expect(card).not.toBeNull()
  shown.rerender(tree(last([sent], [])))
  expect(screen.queryByText('恢复连接后发送')).toBeNull()
  expect(shown.container.querySelector('[data-card=customer]')).toBe(card)
})
