// A found line with its hits marked. Places count characters as Python does, not UTF-16 units.
import type { Hit } from '../api/types'
import classes from './Palette.module.css'

export function Marked({ snippet }: { snippet: Hit['snippet'] }) {
  const chars = Array.from(snippet.text)
  const parts = []
  let at = 0
  for (const { start, end } of snippet.marks) {
    parts.push(chars.slice(at, start).join(''))
    parts.push(
      <mark key={start} className={classes.mark}>
        {chars.slice(start, end).join('')}
      </mark>,
    )
    at = end
  }
  parts.push(chars.slice(at).join(''))
  return <>{parts}</>
}
