// When an item is, in words.
import type { OccurrenceView, RepeatView, ScheduleView } from '../../../api/generated'
import { clock, day, dayOf, listed, weekday } from '../../../i18n/dates'
import { say } from '../../../i18n/i18n'
import { plus } from './days'

type When = Pick<OccurrenceView, 'begins_at' | 'ends_at' | 'first_day' | 'last_day'>

/** «11月23日周一 09:00–10:00», «11月23日 – 11月25日 全天». */
export function whenText(one: When): string {
  if (one.first_day !== null && one.last_day !== null) {
    const days = one.first_day === one.last_day ? dayWithName(one.first_day) : `${dayOf(one.first_day)} – ${dayOf(one.last_day)}`
    return say('kinds.whole_day', { days })
  }
  const begin = `${day(one.begins_at)} ${weekday(one.begins_at)} ${clock(one.begins_at)}`
  return day(one.begins_at) === day(one.ends_at) ? `${begin}–${clock(one.ends_at)}` : `${begin} – ${day(one.ends_at)} ${clock(one.ends_at)}`
}
function dayWithName(text: string): string {
  return `${dayOf(text)} ${weekday(`${text}T12:00:00`)}`
}

/** Beside a day that is known: «09:00–10:00», «全天». */
export function hoursText(one: When): string {
  return one.first_day !== null ? say('kinds.all_day') : `${clock(one.begins_at)}–${clock(one.ends_at)}`
}

/** Of weekday numbers, 1 is Monday. 2026-11-23 is one. */
export function weekdayName(number: number, style: 'short' | 'long' = 'short'): string {
  return weekday(`${plus('2026-11-23', number - 1)}T12:00:00`, style)
}

/** «每 2 周 · 周一、周三 · 到 12月31日». */
export function repeatText({ every, interval, days, until, count }: RepeatView): string {
  const parts = [interval === 1 ? say(`kinds.each_${every}`) : say(`kinds.each_${every}s`, { n: interval })]
  if (every === 'week') parts.push(listed(days.map((one) => weekdayName(one))))
  if (until) parts.push(say('kinds.until_day', { day: dayOf(until) }))
  if (count) parts.push(say('kinds.so_many_times', { n: count }))
  return parts.join(' · ')
}

export function isOver(view: ScheduleView, now: Date): boolean {
  return view.until_at !== null && new Date(view.until_at) <= now
}
