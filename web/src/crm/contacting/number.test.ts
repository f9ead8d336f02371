import { describe, expect, it } from 'vitest'
import { wholeNumber } from './number'

describe('a whole number', () => {
  it.each([
    ['138 0000 1234', '13800001234'],
    ['+86 138-0000-1234', '+8613800001234'],
    ['0512-66668888', '051266668888'],
    ['+44 20 7946 0000', '+442079460000'],
  ])('%s is one', (typed, number) => expect(wholeNumber(typed)).toBe(number))
  it.each(['1380000', '13800001', '2026', 'K-000099', '张三', '', '12800001234'])('%s is none', (typed) => expect(wholeNumber(typed)).toBeNull())
})
