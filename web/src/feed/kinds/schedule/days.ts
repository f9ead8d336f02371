// Calendar days and where items lie on them, by the clock of the device; whole days are the same everywhere. Pure.
import type { OccurrenceView } from '../../../api/generated'

/** `2026-12-03`. */
export type Day = string
export type View = 'day' | 'week' | 'month'
export const VIEWS: readonly View[] = ['day', 'week', 'month']

const two = (n: number): string => String(n).padStart(2, '0')
export function dayAt(at: Date): Day {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
/** Noon, so that no change of the clocks moves it to another day. */
export function noon(day: Day): Date {
  return new Date(`${day}T12:00:00`)
}
export function plus(day: Day, days: number): Day {
  const at = noon(day)
  at.setDate(at.getDate() + days)
  return dayAt(at)
}
/** The same day of another month, or its last one. */
export function plusMonths(day: Day, months: number): Day {
  const at = noon(day)
  const last = new Date(at.getFullYear(), at.getMonth() + months + 1, 0)
  return dayAt(new Date(last.getFullYear(), last.getMonth(), Math.min(at.getDate(), last.getDate()), 12))
}
export function mondayOf(day: Day): Day {
  return plus(day, -((noon(day).getDay() + 6) % 7))
}
export function isDay(text: string | null): text is Day {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(noon(text).getTime()) && dayAt(noon(text)) === text
}

/** The days that a view shows: one, a week from Monday, the weeks that a month touches. */
export function daysShown(view: View, day: Day): Day[] {
  if (view === 'day') return [day]
  const first = mondayOf(view === 'week' ? day : `${day.slice(0, 8)}01`)
  const last = view === 'week' ? plus(first, 6) : plus(mondayOf(plus(plusMonths(`${day.slice(0, 8)}01`, 1), -1)), 6)
  const days: Day[] = []
  for (let one = first; one <= last; one = plus(one, 1)) days.push(one)
  return days
}

export function step(view: View, day: Day, by: 1 | -1): Day {
  return view === 'month' ? plusMonths(day, by) : plus(day, by * (view === 'week' ? 7 : 1))
}

/** Whether an occurrence touches this day. */
export function isOn(one: OccurrenceView, day: Day): boolean {
  if (one.first_day !== null && one.last_day !== null) return one.first_day <= day && day <= one.last_day
  const last = dayAt(new Date(Date.parse(one.ends_at) - 1))
  return dayAt(new Date(one.begins_at)) <= day && day <= last
}

/** What takes whole days first, then by its beginning. */
export function onDay(all: readonly OccurrenceView[], day: Day): OccurrenceView[] {
  const found = all.filter((one) => isOn(one, day))
  return [...found.filter((one) => one.first_day !== null), ...found.filter((one) => one.first_day === null)]
}
