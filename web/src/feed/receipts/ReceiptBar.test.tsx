import { MantineProvider } from '@mantine/core'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Me, Person, Post, Receipt } from '../../api/types'
import { applyAnswer, putChange } from '../../live/answers'
import { me } from '../../live/bootstrap'
import { connection } from '../../live/connection'
import { outbox } from '../../live/outbox'
import { store } from '../../live/store'
import { ReceiptBar } from './ReceiptBar'

const AT = '2026-06-01T02:00:00Z'
let mine = 700
const person = (): Person => ({
  id: mine, name: '张伟', kind: 'employee', title: '', staff_number: '', phone: '', email: '', department_ids: [],
  manager_id: null, state: 'active', left_at: null, away: [], about: '', picture: '', version: 1,
})
const post = (author_id = 2): Post => ({
  id: 9, kind: 'share', author_id, text: 'x', version: 1, created_at: AT, edited_at: null,
  audience: { everyone: true, departments: [], people: [] }, mentions: { people: [], departments: [] },
  receipts: { version: 1, due_at: null, everyone: true, departments: [], people: [], by_deputy: false, question: null, bound: false }, by_id: null,
})
const receipt = (fields: Partial<Receipt> = {}): Receipt => ({
  post_id: 9, version: 1, state: 'open', asked_by: 2, asked_at: AT, due_at: null, done_at: null, by_id: null, confirmed: 0, answer: null, ...fields,
})
const tally = { post_id: 9, version: 1, asked: 3, done: 1, read: 1, withdrawn: 0, left: 0 }

beforeEach(async () => {
  mine += 1
  store.reset(1, [putChange('tally/receipts', 9, tally)])
  connection.set('online')
  me.set({ person: person(), capabilities: {} } as unknown as Me)
  vi.stubGlobal('fetch', () => new Promise(() => {}))
  await outbox.start(mine, () => new Promise(() => {}))
})
afterEach(() => {
  outbox.stop()
  vi.unstubAllGlobals()
})

function show(one: Post): void {
  render(
    <MantineProvider env="test">{one.receipts && <ReceiptBar post={one} asked={one.receipts} whole={false} />}</MantineProvider>,
  )
}

test('who is asked has one prominent button; pressing twice is one act', async () => {
  applyAnswer(2, [putChange('receipt', 9, receipt())])
  show(post())
  const button = screen.getByRole('button', { name: '收到' })
  await userEvent.dblClick(button)
  expect(outbox.acts.get().filter((one) => one.kind === 'receipt')).toHaveLength(1)
  expect(screen.getByRole('button', { name: '正在提交…' }).getAttribute('aria-disabled')).toBe('true')
  expect(screen.getByText('1 / 3 已确认')).toBeTruthy()
})

test('when it is safe, the button is gone and the time stands there', () => {
  applyAnswer(2, [putChange('receipt', 9, receipt({ state: 'done', done_at: AT, by_id: null, confirmed: 0 }))])
  show(post())
  expect(screen.queryByRole('button', { name: '收到' })).toBeNull()
  expect(screen.getByText('已回执').parentElement?.querySelector(`time[datetime="${AT}"]`) ?? document.querySelector('time')).toBeTruthy()
})

test('another device gives it: this one follows', () => {
  applyAnswer(2, [putChange('receipt', 9, receipt())])
  show(post())
  act(() => applyAnswer(3, [putChange('receipt', 9, receipt({ state: 'done', done_at: AT, by_id: null, confirmed: 0 }))]))
  expect(screen.queryByRole('button', { name: '收到' })).toBeNull()
  expect(screen.getByText('已回执')).toBeTruthy()
})

test('who is not asked gets no button and no counts', () => {
  applyAnswer(2, [{ op: 'drop', kind: 'receipt', id: 9 }])
  show(post())
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.queryByText(/已确认/)).toBeNull()
})

test('the author sees the count move and opens the names', () => {
  show(post(mine))
  expect(screen.getByText('1 / 3 已确认')).toBeTruthy()
  act(() => applyAnswer(3, [putChange('tally/receipts', 9, { ...tally, done: 2 })]))
  expect(screen.getByText('2 / 3 已确认')).toBeTruthy()
  expect(screen.getByRole('button', { name: '查看名单' })).toBeTruthy()
})

test('a withdrawn request says so', () => {
  applyAnswer(2, [putChange('receipt', 9, receipt({ state: 'withdrawn' }))])
  show(post())
  expect(screen.getByText('作者已不再要求你回执。')).toBeTruthy()
})
