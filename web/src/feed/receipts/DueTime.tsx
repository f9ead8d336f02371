// By when: relative, exact on hover; past it stays and says so.
import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { exactTime, relativeTime } from '../../i18n/dates'
import { useLanguage, useT } from '../../i18n/i18n'
import { useNow } from '../../ui/now'
import { isOverdue } from '../todo/order'
import classes from './DueTime.module.css'

/** `waits`: somebody still has to act, so a time that has passed is alarming. */
export function DueTime({ due, waits }: { due: string; waits: boolean }) {
  const t = useT()
  useLanguage()
  const ticked = useNow()
  const now = new Date(Math.max(ticked.getTime(), Date.now() - 60_000))
  const isLate = isOverdue(due, now)
  const Icon = isLate && waits ? IconAlertTriangle : IconClock
  return (
    <span className={classes.due} data-late={(isLate && waits) || undefined}>
      <Icon size={15} aria-hidden />
      <time dateTime={due} title={exactTime(due)}>
        {t(isLate ? (waits ? 'feed.overdue' : 'feed.was_due') : 'feed.due', { time: relativeTime(due, now) })}
      </time>
    </span>
  )
}
