import { expect, test } from 'vitest'
import { offered, timeOf } from './when'

test('next Monday is never today', () => {
  const monday = new Date(2026, 5, 1, 10)
  expect(timeOf('monday', monday)).toEqual(new Date(2026, 5, 8, 9))
  expect(timeOf('monday', new Date(2026, 5, 7, 10))).toEqual(new Date(2026, 5, 8, 9))
})
test('this evening is offered until it has come', () => {
  expect(offered(new Date(2026, 5, 1, 17, 59))).toContain('evening')
  expect(offered(new Date(2026, 5, 1, 18))).not.toContain('evening')
})
