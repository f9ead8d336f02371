import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sampleList } from './sample'

test('the server knows every heading of the samples', () => {
  const headings = readFileSync('../server/people/headings.py', 'utf8')
  const known = new Set(headings.match(/[\p{L}]+/gu))
  for (const language of ['zh-Hans', 'en'] as const) {
    const [first = ''] = sampleList(language).text.replace('\uFEFF', '').split('\r\n')
    const unknown = first.split(',').filter((heading) => !known.has(heading.toLowerCase().replace(/[\s-]/g, '')))
    expect(unknown).toEqual([])
  }
})
