import { expect, test } from 'vitest'
import type { Notice } from '../api/types'
import { bundled } from './inbox'

const notice = (id: number, within: number | null, kind = 'message_mention'): Notice => ({
  id, kind, at: '2026-06-01T02:00:00Z', actor_id: 2, about: { kind: 'message', id }, number: id, title: '', alert: false,
  within: within === null ? null : { kind: 'conversation', id: within },
})

test('neighbours about one place stand as one row, led by the newest', () => {
  const rows = bundled([notice(5, 7), notice(4, 7), notice(3, 8), notice(2, 7), notice(1, null)])
  expect(rows.map((row) => [row.first.id, row.count])).toEqual([[5, 2], [3, 1], [2, 1], [1, 1]])
})
