import { expect, test } from 'vitest'
import { difference } from './diff'

const shown = (was: string, now: string): string =>
  difference(was, now)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text}]` : `[+${text}]`))
    .join('')

test('Chinese changes by characters, other writing by words', () => {
  expect(shown('本周三盘点', '本周四盘点')).toBe('本周[-三][+四]盘点')
  expect(shown('Meeting on Monday at 9', 'Meeting on Friday at 9')).toBe('Meeting on [-Monday][+Friday] at 9')
})

test('both texts can be read back out of any difference', () => {
  const words = ['甲', '乙', 'alpha', 'beta', ' ', '\n', '，', '**', '👍', '12']
  let seed = 7
  const dice = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n
  const text = (): string => Array.from({ length: dice(40) }, () => words[dice(words.length)]).join('')
  for (let i = 0; i < 300; i += 1) {
    const [was, now] = [text(), text()]
    const parts = difference(was, now)
    const without = (kind: string): string => parts.filter((one) => one.kind !== kind).map((one) => one.text).join('')
    expect(without('new')).toBe(was)
    expect(without('gone')).toBe(now)
  }
})

test('the same has no difference, and two strangers are one replaced by the other', () => {
  expect(shown('一样', '一样')).toBe('一样')
  expect(shown('', '新')).toBe('[+新]')
  const [was, now] = ['甲'.repeat(20_000), '乙'.repeat(20_000)]
  expect(difference(was, now)).toEqual([{ kind: 'gone', text: was }, { kind: 'new', text: now }])
})
