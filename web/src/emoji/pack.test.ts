import { beforeEach, expect, test } from 'vitest'
import { found, noteUsed, pack, used } from './pack'

beforeEach(() => localStorage.clear())

test('every emoji stands once in the pack and has a name in both languages', () => {
  const all = pack.flatMap(({ items }) => items)
  expect(new Set(all.map((one) => one.text)).size).toBe(all.length)
  for (const one of all) expect([one.text, ...Object.values(one.names)].every(Boolean)).toBe(true)
})

test('an emoji is found by its name in either language', () => {
  expect(found('收到').map((one) => one.text)).toContain('🫡')
  expect(found('Thumbs UP').map((one) => one.text)).toEqual(['👍'])
  expect(found('无此表情')).toEqual([])
})

test('those used lately come back newest first, each once, and nonsense in the store is none', () => {
  const [first, second] = found('thumbs')
  if (first && second) for (const one of [first, second, first]) noteUsed(one)
  expect(used()).toEqual([first, second])
  localStorage.setItem('tenfour.emoji', '{"a"')
  expect(used()).toEqual([])
})
