import { expect, test } from 'vitest'
import type { CalendarYear } from '../api/types'
import { monthsOf, weekdayOf } from './year'

const holiday = { day: '2026-10-01', kind: 'holiday', source: 'state', code: 'national_day', name: '', state: '' } as const
const madeUp = { ...holiday, day: '2026-10-10', kind: 'workday' } as const
const calendar = { year: 2026, days: [holiday, madeUp] } as unknown as CalendarYear

test('a year has its days under their weekdays', () => {
  const months = monthsOf(2026, calendar, undefined)
  expect(months.map((month) => month.days.length)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
  expect(months[9]?.before).toBe(3) // 1 October 2026 is a Thursday
  expect(weekdayOf('2026-11-22')).toBe(7)
  expect(monthsOf(2028, undefined, undefined)[1]?.days.length).toBe(29)
})
test('a special day stands above its weekday', () => {
  const october = monthsOf(2026, calendar, { days: [1, 2, 3, 4, 5], begins: '09:00', ends: '18:00', version: 0 })[9]
  const works = (day: number): boolean | undefined => october?.days[day - 1]?.works
  expect([1, 2, 9, 10, 11].map(works)).toEqual([false, true, true, true, false])
})
