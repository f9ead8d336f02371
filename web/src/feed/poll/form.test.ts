import { expect, test } from 'vitest'
import { emptyPoll, formOf, missingOf, pollOf } from './form'
import { percent } from './counts'

const now = new Date('2026-06-01T02:00:00Z')

test('empty lines are no options, and too few, doubled or a time that has passed are said at once', () => {
  const form = { ...emptyPoll, options: [' 山 ', '', '海'] }
  expect(pollOf(form)).toEqual({ options: ['山', '海'], several: false, anonymous: false, closes_at: null })
  expect(missingOf(form, now)).toBeNull()
  expect(missingOf({ ...form, options: ['山', ' '] }, now)).toEqual(['poll.options', 'too_short'])
  expect(missingOf({ ...form, options: ['Ａ', 'a'] }, now)).toEqual(['poll.options', 'twice'])
  expect(missingOf({ ...form, choice: 'custom' }, now)).toEqual(['poll.closes_at', 'required'])
  expect(missingOf({ ...form, due: '2026-06-01T01:00:00Z' }, now)).toEqual(['poll.closes_at', 'past'])
})

test('one that stands is changed from what it is', () => {
  const view = { options: ['山', '海'], several: true, anonymous: true, closes_at: '2026-06-02T02:00:00Z', closed_at: null }
  expect(pollOf(formOf(view))).toEqual({ options: ['山', '海'], several: true, anonymous: true, closes_at: view.closes_at })
})

test('shares are of those who voted, and of nobody they are none', () => {
  expect([percent(0, 0), percent(1, 3), percent(3, 3)]).toEqual([0, 33, 100])
})
