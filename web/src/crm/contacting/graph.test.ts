import { describe, expect, it } from 'vitest'
import { spotsOf } from './graph'

const edge = (from: number, to: number, sort = 'reports_to') => ({ id: from * 100 + to, from, to, sort })
const above = new Set(['reports_to'])

describe('the picture of relations', () => {
  it('puts who is reported to above', () => {
    const spots = spotsOf([1, 2, 3, 4], [edge(2, 1), edge(3, 2), edge(4, 1), edge(3, 4, 'knows')], above)
    const row = (id: number) => spots.find((one) => one.id === id)?.y
    expect(row(1)).toBeLessThan(row(2) ?? 0)
    expect(row(2)).toBeLessThan(row(3) ?? 0)
    expect(row(4)).toBe(row(2))
    expect(new Set(spots.map((one) => `${one.x}/${one.y}`)).size).toBe(4)
  })
  it('ends, whatever reports to whom', () => {
    expect(spotsOf([1, 2], [edge(1, 2), edge(2, 1), edge(1, 9)], above)).toHaveLength(2)
  })
})
