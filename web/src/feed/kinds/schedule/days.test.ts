import { expect, test } from 'vitest'
import type { OccurrenceView } from '../../../api/generated'
import { dayAt, daysShown, isDay, isOn, onDay, plusMonths, step } from './days'

const at = (text: string): string => new Date(text).toISOString()
const timed = (begins: string, ends: string): OccurrenceView => ({ post_id: 1, day: begins.slice(0, 10), begins_at: at(begins), ends_at: at(ends), first_day: null, last_day: null })
const whole = (first: string, last: string): OccurrenceView => ({ ...timed(`${first}T00:00:00`, `${last}T23:59:00`), post_id: 2, first_day: first, last_day: last })

test('a month is shown in whole weeks from Monday, a week from Monday too', () => {
  const days = daysShown('month', '2026-11-22')
  expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-12-06', 42])
  expect(daysShown('month', '2027-02-10').length).toBe(28)
  expect(daysShown('week', '2026-11-22')).toEqual(['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'])
  expect(daysShown('day', '2026-11-22')).toEqual(['2026-11-22'])
})
test('the next month of the 31st is its last day', () => {
  expect(plusMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(step('month', '2026-12-31', 1)).toBe('2027-01-31')
  expect(step('week', '2026-12-28', 1)).toBe('2027-01-04')
})
test('what ends at midnight is not on the next day, what goes over midnight is on both', () => {
  expect(isOn(timed('2026-11-22T22:00:00', '2026-11-23T00:00:00'), '2026-11-23')).toBe(false)
  const night = timed('2026-11-22T22:00:00', '2026-11-23T06:00:00')
  expect([isOn(night, '2026-11-22'), isOn(night, '2026-11-23'), isOn(night, '2026-11-24')]).toEqual([true, true, false])
})
test('whole days come first', () => {
  const meeting = timed('2026-11-22T08:00:00', '2026-11-22T09:00:00')
  expect(onDay([meeting, whole('2026-11-21', '2026-11-22')], '2026-11-22').map((one) => one.post_id)).toEqual([2, 1])
})
test('only a real day is one', () => {
  expect(['2026-11-22', '2026-02-30', '22', null].map(isDay)).toEqual([true, false, false, false])
  expect(dayAt(new Date(2026, 0, 5, 3))).toBe('2026-01-05')
})
