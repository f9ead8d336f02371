import { expect, test } from 'vitest'
import type { Person } from '../api/types'
import { awayOn, todayIn } from './away'

const person = { away: [{ from_day: '2026-12-01', to_day: '2026-12-03', deputy_id: 7 }] } as unknown as Person

test('the day is the company’s, wherever the device is', () => {
  const late = new Date('2026-12-03T17:30:00Z')
  expect(todayIn('Asia/Shanghai', late)).toBe('2026-12-04')
  expect(todayIn('America/New_York', late)).toBe('2026-12-03')
})
test('an absence holds from its first to its last day', () => {
  const days = ['2026-11-30', '2026-12-01', '2026-12-03', '2026-12-04']
  expect(days.map((day) => awayOn(person, day) !== undefined)).toEqual([false, true, true, false])
  expect(awayOn(undefined, '2026-12-01')).toBeUndefined()
})
