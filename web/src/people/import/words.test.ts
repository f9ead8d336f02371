import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { showLanguage } from '../../i18n/i18n'
import en from '../en.json'
import zh from '../zh-Hans.json'
import { rowError } from './words'

/** code → the values its sentence names, from the server's own list. */
function serverCodes(): Map<string, string[]> {
  const source = readFileSync('../server/people/import_codes.py', 'utf8')
  const found = new Map<string, string[]>()
  for (const [, code = '', sentence = ''] of source.matchAll(/^ {4}"(\w+)": ((?:"[^\n]*"\s*)+),?$/gm)) {
    found.set(code, [...sentence.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort())
  }
  return found
}

test('every code of the server has words in both languages, with its values', () => {
  const codes = serverCodes()
  expect(codes.size).toBeGreaterThan(50)
  for (const catalogue of [zh, en] as Record<string, string>[]) {
    const wrong = [...codes].filter(([code, params]) => {
      const text = catalogue[`import.error.${code}`]
      const used = [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort()
      return text === undefined || used.join() !== params.join()
    })
    expect(wrong.map(([code]) => code)).toEqual([])
  }
})

test('an error names its column, unless it is about the whole row', async () => {
  expect(rowError({ field: 'phone', code: 'phone_invalid', detail: '' })).toMatch(/^手机: 不是手机号码/)
  expect(rowError({ field: 'row', code: 'extra_cells', detail: '', params: { found: 9, expected: 7 } })).toMatch(/^这一行有 9 个/)
  await showLanguage('en')
  expect(rowError({ field: 'manager', code: 'manager_cycle', detail: '', params: { chain: 'A → B → A' } })).toBe(
    'Manager: The reporting line runs in a circle: A → B → A.',
  )
  await showLanguage('zh-Hans')
})

test('a code that is not known yet shows the sentence of the server', () => {
  expect(rowError({ field: 'row', code: 'brand_new', detail: 'Something new.' })).toBe('Something new.')
})
