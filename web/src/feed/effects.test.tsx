import { renderHook } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Change, Envelope, Me, Person } from '../api/types'
import { me } from '../live/bootstrap'
import { envelopes } from '../live/socket'
import { store } from '../live/store'
import * as toasts from '../ui/toasts'
import { useFeedEffects } from './effects'

const AT = '2026-06-01T02:00:00Z'
const person = (id: number, name: string): Person => ({
  id, name, kind: 'employee', title: '', staff_number: '', phone: '', email: '', department_ids: [], manager_id: null,
  state: 'active', left_at: null, away: [], about: '', picture: '', version: 1,
})
const reminded = (post: number): Envelope => ({
  seq: 9, type: 'receipt.reminded', at: AT, actor: 2, echo: null,
  changes: [{ op: 'put', kind: 'receipt_reminder', id: post, data: { post_id: post, version: 1, at: AT, by: 2 } }],
})
const receipt = (post: number, state: 'open' | 'done'): Change => ({
  op: 'put', kind: 'receipt', id: post,
  data: { post_id: post, version: 1, state, asked_by: 2, asked_at: AT, due_at: null, done_at: null, by_id: null, confirmed: 0, answer: null },
})

beforeEach(() => {
  vi.stubGlobal('fetch', () => new Promise(() => {}))
  store.reset(1, [
    { op: 'put', kind: 'person', id: 2, data: person(2, '陈晓东') },
    receipt(7, 'open'),
    receipt(8, 'done'),
  ])
  me.set({ person: person(17, '张伟'), capabilities: {} } as unknown as Me)
})

test('a reminder is told only where my receipt is open', async () => {
  const toast = vi.spyOn(toasts, 'toast').mockImplementation(() => {})
  renderHook(() => useFeedEffects())
  envelopes.emit(reminded(8))
  envelopes.emit(reminded(9))
  await Promise.resolve()
  expect(toast).not.toHaveBeenCalled()
  envelopes.emit(reminded(7))
  await vi.waitFor(() => expect(toast).toHaveBeenCalledOnce())
  expect(toast.mock.calls[0]?.[0]).toContain('陈晓东 提醒你回执')
  toast.mockRestore()
})
