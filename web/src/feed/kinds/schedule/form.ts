// The fields of a schedule item as they are filled in, and what the server wants to know of them. Pure.
import type { RepeatView, ScheduleView } from '../../../api/generated'
import type { Named } from '../../../ui/names'
import { toField } from '../../share/due'
import type { Details } from '../declared'

/** Times as the device writes them: `2026-12-03T09:00`; whole days use the day alone. */
export interface TimesForm {
  whole?: boolean
  begins?: string
  ends?: string
  place?: string
  reminders?: number[]
  every?: '' | RepeatView['every']
  interval?: number
  days?: number[]
  /** Empty: without an end. */
  until?: string
  /** Of one that was written elsewhere. */
  count?: number | null
}
export interface ScheduleForm extends TimesForm {
  names?: Named[]
}

const HOUR = 3_600_000
export const REMINDERS: readonly number[] = [0, 15, 60, 1440]

/** The next full hour, for an hour, reminded of a quarter of an hour before. */
export function freshTimes(now: Date): TimesForm {
  const begins = new Date(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours() + 1)
  return { whole: false, begins: toField(begins), ends: toField(new Date(begins.getTime() + HOUR)), reminders: [15], every: '' }
}

export function timesOf(view: ScheduleView): TimesForm {
  const whole = view.first_day !== null && view.last_day !== null
  const { repeat } = view
  return {
    whole,
    begins: whole ? `${view.first_day}T09:00` : toField(new Date(view.begins_at)),
    ends: whole ? `${view.last_day}T10:00` : toField(new Date(view.ends_at)),
    place: view.place,
    reminders: view.reminders,
    every: repeat?.every ?? '',
    interval: repeat?.interval ?? 1,
    days: repeat?.days ?? [],
    until: repeat?.until ?? '',
    count: repeat?.count ?? null,
  }
}

/** The end moves with the beginning. */
export function begunAt(form: TimesForm, begins: string): TimesForm {
  const length = Date.parse(form.ends ?? '') - Date.parse(form.begins ?? '')
  const at = new Date(begins)
  if (Number.isNaN(at.getTime()) || !(length > 0)) return { ...form, begins }
  return { ...form, begins, ends: toField(new Date(at.getTime() + length)) }
}

function instant(text: string | undefined): string | null {
  const at = new Date(text ?? '')
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

export function bodyOfTimes(form: TimesForm): Details {
  const { whole = false, begins, ends, place = '', reminders = [], every = '', interval = 1, days = [], until = '', count = null } = form
  const when = whole
    ? { first_day: begins?.slice(0, 10) || null, last_day: ends?.slice(0, 10) || null }
    : { begins_at: instant(begins), ends_at: instant(ends) }
  const repeat = every && { every, interval, days: every === 'week' ? days : [], until: until || null, count: until ? null : count }
  return { ...when, place, reminders, repeat: repeat || null }
}

export function given(form: Details): { details: Details; people: readonly number[] } {
  const people = ((form as ScheduleForm).names ?? []).map((one) => one.id)
  return { details: { ...bodyOfTimes(form as TimesForm), people }, people }
}

/** Field and code, as the server would say them. */
export function missing(form: TimesForm, now: Date): readonly [string, string] | null {
  const { whole = false, begins = '', ends = '', every = '', until = '' } = form
  const [first, last] = whole ? ['first_day', 'last_day'] : ['begins_at', 'ends_at']
  const [from, to] = whole ? [begins.slice(0, 10), ends.slice(0, 10)] : [begins, ends]
  if (!from) return [`details.${first}`, 'required']
  if (!to) return [`details.${last}`, 'required']
  if (whole ? to < from : to <= from) return [`details.${last}`, 'before_begin']
  const over = whole ? to < toField(now).slice(0, 10) : new Date(to) <= now
  if (over && !every) return [`details.${last}`, 'past']
  return every && until && until < from.slice(0, 10) ? ['details.repeat.until', 'before_begin'] : null
}
