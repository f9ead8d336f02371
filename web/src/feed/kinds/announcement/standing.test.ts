import { expect, test } from 'vitest'
import type { Post } from '../../../api/types'
import { announcement } from './announcement'
import { isPinned, standingOf } from './standing'

const now = new Date('2026-06-10T02:00:00Z')
const [earlier, later, last] = ['2026-06-09T02:00:00Z', '2026-06-11T02:00:00Z', '2026-06-12T02:00:00Z']
const details = (effective_at: string | null, expires_at: string | null, pinned = true) =>
  ({ kind: 'announcement', pinned, effective_at, expires_at }) as const

test('an announcement is coming, holds, and has expired', () => {
  const found = [details(null, null), details(earlier, later), details(later, last), details(null, earlier)]
  expect(found.map((one) => standingOf(one, now))).toEqual(['holds', 'holds', 'coming', 'expired'])
})
test('a pinned one stands above the timeline until it expires', () => {
  const post = (about: object) => ({ details: about }) as unknown as Post
  expect(isPinned(post(details(null, later)), now)).toBe(true)
  expect(isPinned(post(details(null, earlier)), now)).toBe(false)
  expect(isPinned(post(details(null, null, false)), now)).toBe(false)
  expect(isPinned({ details: null } as unknown as Post, now)).toBe(false)
})
test('times that make no sense are said before asking the server, with its codes', () => {
  const missing = (about: object) => announcement.missing?.(about as Record<string, unknown>, now)
  expect(missing({ expires_at: earlier })).toEqual(['details.expires_at', 'past'])
  expect(missing({ effective_at: last, expires_at: later })).toEqual(['details.expires_at', 'before_effective'])
  expect(missing({ effective_at: later, expires_at: last })).toBeNull()
  expect(missing({})).toBeNull()
})
