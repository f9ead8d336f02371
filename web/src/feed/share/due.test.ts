import { expect, test } from 'vitest'
import { fromField, offered, timeOf, toField } from './due'

const morning = new Date(2026, 5, 1, 9, 30)
const evening = new Date(2026, 5, 1, 18, 0)

test('the usual times are local', () => {
  expect(timeOf('today', morning)).toEqual(new Date(2026, 5, 1, 18))
  expect(timeOf('tomorrow', morning)).toEqual(new Date(2026, 5, 2, 12))
  expect(timeOf('three_days', new Date(2026, 5, 29, 9))).toEqual(new Date(2026, 6, 2, 18))
})
test('today is not offered once its time has come', () => {
  expect(offered(morning)).toEqual(['none', 'today', 'tomorrow', 'three_days', 'custom'])
  expect(offered(evening)).toEqual(['none', 'tomorrow', 'three_days', 'custom'])
})
test('the field and the stored time are the same moment', () => {
  expect(toField(morning)).toBe('2026-06-01T09:30')
  expect(fromField(toField(morning))).toBe(morning.toISOString())
  expect(fromField('')).toBeNull()
})
