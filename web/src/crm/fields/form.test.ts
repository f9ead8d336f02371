import { expect, test } from 'vitest'
import { bodyOf, classesOf, formOf, retyped } from './form'

test('a language that nobody filled in says what the other says, and empty choices go', () => {
  const choices = [
    { id: 'a', code: 'a', zh: '大', en: 'Large' },
    { id: 'n1', code: null, zh: ' 小 ', en: '' },
    { id: 'n2', code: null, zh: ' ', en: '' },
  ]
  expect(bodyOf({ ...formOf(null), zh: '规模', type: 'choice', choices })).toEqual({
    words: { 'zh-Hans': '规模', en: '规模' },
    class: 'basic',
    required: false,
    choices: [{ code: 'a', words: { 'zh-Hans': '大', en: 'Large' } }, { words: { 'zh-Hans': '小', en: '小' } }],
  })
})

test('only a choice has choices', () => {
  expect(bodyOf({ ...formOf(null), zh: 'x', choices: [{ id: 'a', code: null, zh: '大', en: '' }] }).choices).toEqual([])
})

test('files are of no class that is shown in part', () => {
  const secret = { ...formOf(null), class: 'identity' as const }
  expect({ ...secret, ...retyped(secret, 'files') }).toMatchObject({ type: 'files', class: 'basic' })
  expect({ ...secret, ...retyped(secret, 'phone') }).toMatchObject({ type: 'phone', class: 'identity' })
  expect(classesOf('files')).not.toContain('contact')
})
