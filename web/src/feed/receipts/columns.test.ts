import { expect, test } from 'vitest'
import { columns, countOf } from './columns'
import { countdown } from './countdown'

test('the three columns together are all who are asked', () => {
  const tally = { post_id: 9, version: 1, asked: 10, done: 4, read: 5, withdrawn: 2, left: 1 }
  expect(columns.map((column) => countOf(column, tally))).toEqual([1, 5, 4])
})
test('a countdown says minutes and seconds, and never less than nothing', () => {
  expect([countdown(1_799_001), countdown(3_723_000), countdown(-5)]).toEqual(['30:00', '1:02:03', '0:00'])
})
