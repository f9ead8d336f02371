// The to-dos of one sort: its name with the count, a row for each, and what else there is to say. Its style names serve the
// rows: row, what, title, facts, more.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { badge } from '../i18n/dates'
import classes from './TodoSection.module.css'

interface Props {
  name: string
  /** How many wait; of 0 nothing is said. */
  count: number
  /** Beside the name. */
  aside?: ReactNode
  /** `li` elements. */
  children: ReactNode
  /** Below the rows. */
  below?: ReactNode
}

export function TodoSection({ name, count, aside, children, below }: Props) {
  return (
    <section className={classes.section} aria-label={name}>
      <div className={classes.heading}>
        <h2 className={classes.name}>
          {name}
          {count > 0 && (
            <span className={classes.count} data-count>
              {badge(count)}
            </span>
          )}
        </h2>
        {aside}
      </div>
      <ul className={classes.rows}>{children}</ul>
      {below}
    </section>
  )
}

/** What waits, as the way to it. */
export function TodoLink({ href, title, id, children }: { href: string; title: string; id?: string; children: ReactNode }) {
  return (
    <Link href={href} className={classes.what}>
      <span className={classes.title} id={id}>
        {title}
      </span>
      <span className={classes.facts}>{children}</span>
    </Link>
  )
}
