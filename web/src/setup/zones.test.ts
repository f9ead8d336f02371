import { expect, test } from 'vitest'
import { zoneGroups } from './zones'

test('what is chosen can be seen, and nothing stands twice', () => {
  const { usual, all } = zoneGroups('Pacific/Chatham')
  expect(usual[0]).toBe('Pacific/Chatham')
  expect(usual).toContain('Asia/Shanghai')
  expect(new Set([...usual, ...all]).size).toBe(usual.length + all.length)
})
