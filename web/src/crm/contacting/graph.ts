// Where the people of a picture of relations stand: who is reported to above, who reports below. Pure.
import type { Edge } from './wire'

export interface Spot {
  id: number
  x: number
  y: number
}

export const WIDTH = 132
export const HEIGHT = 78

/** Rows by how many stand above somebody; a circle ends where it began. */
export function spotsOf(ids: readonly number[], edges: readonly Edge[], above: ReadonlySet<string>): Spot[] {
  const heads = new Map<number, number[]>(ids.map((id) => [id, []]))
  for (const edge of edges) if (above.has(edge.sort)) heads.get(edge.from)?.push(edge.to)
  const depth = (id: number, seen: ReadonlySet<number>): number => {
    const over = (heads.get(id) ?? []).filter((one) => heads.has(one) && !seen.has(one))
    return over.length === 0 ? 0 : 1 + Math.max(...over.map((one) => depth(one, new Set([...seen, one]))))
  }
  const rows = new Map<number, number[]>()
  for (const id of ids) {
    const at = depth(id, new Set([id]))
    rows.set(at, [...(rows.get(at) ?? []), id])
  }
  const widest = Math.max(1, ...[...rows.values()].map((row) => row.length))
  return [...rows.entries()].flatMap(([at, row]) =>
    row.map((id, place) => ({ id, x: (place + 0.5 + (widest - row.length) / 2) * WIDTH, y: (at + 0.5) * HEIGHT })),
  )
}
