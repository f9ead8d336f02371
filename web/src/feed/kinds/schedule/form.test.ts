import { expect, test } from 'vitest'
import { bodyOf, emptyForm, missing as missingOf } from '../../share/form'
import { begunAt, bodyOfTimes, freshTimes, missing } from './form'
import { schedule } from './schedule'

const ann = { kind: 'person', id: 7, name: 'Ann', hint: '' } as const
const now = new Date('2026-11-22T10:20:00')
const form = freshTimes(now)

test('a fresh item begins with the next hour, and its end moves with its beginning', () => {
  expect([form.begins, form.ends]).toEqual(['2026-11-22T11:00', '2026-11-22T12:00'])
  expect(begunAt(form, '2026-11-23T09:30').ends).toBe('2026-11-23T10:30')
})
test('who is invited sees it; with nobody it is one’s own and may be published', () => {
  const body = bodyOf('x', { ...emptyForm, details: { ...form, names: [ann] } }, [], schedule)
  expect(body.audience.people).toEqual([7])
  expect(body.details).toMatchObject({ people: [7], repeat: null, reminders: [15], begins_at: new Date('2026-11-22T11:00').toISOString() })
  expect(missingOf(false, { ...emptyForm, details: { ...form } }, now, schedule)).toEqual({})
})
test('whole days are days, and what repeats says how', () => {
  const body = bodyOfTimes({ ...form, whole: true, every: 'week', interval: 2, days: [1, 3], until: '2027-01-31' })
  expect(body).toMatchObject({ first_day: '2026-11-22', last_day: '2026-11-22', repeat: { every: 'week', interval: 2, days: [1, 3], until: '2027-01-31' } })
})
test('what makes no sense is said before asking', () => {
  expect(missing({ ...form, ends: form.begins }, now)).toEqual(['details.ends_at', 'before_begin'])
  expect(missing({ ...form, begins: '' }, now)).toEqual(['details.begins_at', 'required'])
  expect(missing({ ...form, begins: '2026-11-01T09:00', ends: '2026-11-01T10:00' }, now)).toEqual(['details.ends_at', 'past'])
  expect(missing({ ...form, whole: true, ends: '2026-11-20T09:00' }, now)).toEqual(['details.last_day', 'before_begin'])
  expect(missing({ ...form, every: 'day', until: '2026-11-01' }, now)).toEqual(['details.repeat.until', 'before_begin'])
})
