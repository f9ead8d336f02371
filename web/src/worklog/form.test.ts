import { expect, test } from 'vitest'
import { bodyOf, formOf, moved, newField } from './form'

test('lines become choices, and only what a field of its type has is sent', () => {
  const form = formOf(null)
  const fields = [
    { ...newField('a'), title: '心情', type: 'choice' as const, choices: ' 好 \n\n一般', unit: '分' },
    { ...newField('b'), key: 3, title: '拜访', type: 'number' as const, choices: 'x', unit: '家' },
  ]
  expect(bodyOf({ ...form, name: '日报', fields }).fields).toEqual([
    { key: null, title: '心情', type: 'choice', required: false, hint: '', choices: ['好', '一般'], unit: '' },
    { key: 3, title: '拜访', type: 'number', required: false, hint: '', choices: [], unit: '家' },
  ])
})
test('a field moves up and down', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
})
