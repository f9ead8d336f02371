import { expect, test } from 'vitest'
import firstEn from './catalogue.en'
import firstZh from './catalogue.zh-Hans'
import moreEn from './more.en'
import moreZh from './more.zh-Hans'

const en = { ...firstEn, ...moreEn }
const zh = { ...firstZh, ...moreZh }

const stem = (key: string): string => key.replace(/_(one|other)$/, '')
const placeholders = (text: string): string[] => [...new Set(text.match(/{{\w+}}/g) ?? [])].sort()

test('both languages know the same texts', () => {
  const left = new Set(Object.keys(zh).map(stem))
  const right = new Set(Object.keys(en).map(stem))
  expect([...left].filter((key) => !right.has(key))).toEqual([])
  expect([...right].filter((key) => !left.has(key))).toEqual([])
})

test('both languages use the same placeholders', () => {
  const chinese: Record<string, string> = zh
  const differing = Object.entries(en as Record<string, string>)
    .filter(([key, text]) => key in chinese && placeholders(text).join() !== placeholders(chinese[key] ?? '').join())
    .map(([key]) => key)
  expect(differing).toEqual([])
})
