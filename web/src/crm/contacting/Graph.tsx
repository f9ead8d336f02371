// The relations as a picture, at a desk. The list beside it says the same in words.
import { useMemo } from 'react'
import { HEIGHT, spotsOf, WIDTH } from './graph'
import classes from './Contacting.module.css'
import type { Edge } from './wire'

interface Props {
  label: string
  names: ReadonlyMap<number, string>
  edges: readonly Edge[]
  words: (sort: string) => string
}

const ABOVE = new Set(['reports_to'])
const LONGEST = 8

export function Graph({ label, names, edges, words }: Props) {
  const ids = useMemo(() => [...new Set(edges.flatMap((edge) => [edge.from, edge.to]))].sort((a, b) => a - b), [edges])
  const spots = useMemo(() => new Map(spotsOf(ids, edges, ABOVE).map((one) => [one.id, one])), [ids, edges])
  const all = [...spots.values()]
  const width = Math.max(...all.map((one) => one.x)) + WIDTH / 2
  const height = Math.max(...all.map((one) => one.y)) + HEIGHT / 2
  return (
    <svg className={classes.graph} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {edges.map((edge) => {
        const [from, to] = [spots.get(edge.from), spots.get(edge.to)]
        if (!from || !to) return null
        const bend = from.y === to.y ? -HEIGHT / 2.6 : 0
        const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 + bend }
        return (
          <g key={edge.id}>
            <path className={classes.edge} data-sort={edge.sort} d={`M${from.x},${from.y} Q${middle.x},${middle.y + bend / 2} ${to.x},${to.y}`} />
            <text className={classes.edgeText} x={middle.x} y={middle.y} textAnchor="middle">
              {words(edge.sort)}
            </text>
          </g>
        )
      })}
      {all.map(({ id, x, y }) => {
        const name = names.get(id) ?? '?'
        return (
          <g key={id}>
            <rect className={classes.node} data-hidden={!names.has(id) || undefined} x={x - WIDTH / 2 + 14} y={y - 15} width={WIDTH - 28} height={30} rx={15} />
            <text className={classes.nodeText} x={x} y={y + 5} textAnchor="middle">
              {name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
