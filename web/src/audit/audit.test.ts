import { expect, it } from 'vitest'
import { NO_FILTER, device, onTheWire } from './audit'

it('the last day of a filter is part of it', () => {
  const wire = onTheWire({ ...NO_FILTER, from: '2026-06-01', to: '2026-06-01' })
  expect(new Date(String(wire['until'])).getTime() - new Date(String(wire['since'])).getTime()).toBe(86_400_000)
})

it('an empty filter asks for everything', () => {
  expect(onTheWire(NO_FILTER)).toEqual({})
})

it('a device is told by its system', () => {
  expect(device('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)')).toBe('iOS')
  expect(device('Mozilla/5.0 (Windows NT 10.0)')).toBe('Windows')
})
