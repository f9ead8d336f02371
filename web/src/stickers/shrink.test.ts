import { expect, test } from 'vitest'
import { fitted, nameOf } from './shrink'

test('a large picture fits into a sticker and keeps its shape', () => {
  expect(fitted(2048, 1024)).toEqual([512, 256])
  expect(fitted(100, 50)).toEqual([100, 50])
  expect(fitted(4000, 1)).toEqual([512, 1])
})

test('a file gives a sticker its name', () => {
  expect(nameOf('干杯.png')).toBe('干杯')
  expect(nameOf('a [final] (2).webp')).toBe('a final 2')
})
