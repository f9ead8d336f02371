import { expect, test } from 'vitest'
import { letters } from './rule'

test('dots, blanks and smiles say nothing; signs, letters and digits each count', () => {
  expect(letters('……！ 👍')).toBe(0)
  expect(letters('见了 CEO，报 3 万')).toBe(8)
})
