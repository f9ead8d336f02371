import { expect, test } from 'vitest'
import type { Receipt } from '../../api/types'
import { inOrder, isOverdue, keepPlace, withFresh } from './order'

const receipt = (post_id: number, due_at: string | null = null, asked_at = '2026-06-01T02:00:00Z'): Receipt => ({
  post_id, version: 1, state: 'open', asked_by: 2, asked_at, due_at, done_at: null, by_id: null, confirmed: 0, answer: null, 
})

test('overdue and soonest due come first, then the newest asked', () => {
  const found = inOrder([
    receipt(1),
    receipt(2, null, '2026-06-02T02:00:00Z'),
    receipt(3, '2026-06-09T02:00:00Z'),
    receipt(4, '2026-05-01T02:00:00Z'),
  ])
  expect(found.map((r) => r.post_id)).toEqual([4, 3, 2, 1])
})
test('without a due time nothing is overdue', () => {
  const now = new Date('2026-06-01T02:00:00Z')
  expect([isOverdue(null, now), isOverdue('2026-06-01T01:59:59Z', now), isOverdue('2026-06-01T02:00:01Z', now)]).toEqual([
    false, true, false,
  ])
})
test('a done row stays where it stands, a new one waits', () => {
  expect(keepPlace([4, 3], [receipt(3), receipt(9, '2026-01-01T00:00:00Z')])).toEqual({ shown: [4, 3], fresh: [9] })
})
test('where nothing stands, what comes is shown at once', () => {
  expect(keepPlace([], [receipt(9)])).toEqual({ shown: [9], fresh: [] })
  expect(keepPlace(null, [])).toEqual({ shown: [], fresh: [] })
})
test('pressing «new» shows what is open and nothing else', () => {
  expect(withFresh([receipt(3), receipt(9)])).toEqual([9, 3])
})
