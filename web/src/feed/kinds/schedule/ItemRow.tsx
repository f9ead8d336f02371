// One occurrence in a list of a day: when, what, where, and how it stands with me.
import { Link } from 'wouter'
import type { OccurrenceView } from '../../../api/generated'
import { useT } from '../../../i18n/i18n'
import { useEntity } from '../../../live/hooks'
import { plainLine } from '../../../ui/plain'
import { scheduleOf } from './acts'
import classes from './Schedule.module.css'
import { hoursText } from './words'

export function ItemRow({ one }: { one: OccurrenceView }) {
  const t = useT()
  const post = useEntity('post', one.post_id)
  const mine = useEntity('invitation', one.post_id)
  const view = scheduleOf(post)
  if (!post || !view) return null
  const cancelled = view.state === 'cancelled'
  const waits = mine?.state === 'open' && !cancelled
  const state = cancelled ? t('kinds.schedule_cancelled') : waits ? t('schedule.to_answer') : mine?.answer === 'tentative' ? t('kinds.tentative') : null
  return (
    <li>
      <Link href={`/posts/${one.post_id}`} className={classes.item} data-item={one.post_id} data-state={cancelled ? 'cancelled' : waits ? 'open' : 'planned'}>
        <span className={classes.hours}>{hoursText(one)}</span>
        <span className={classes.what}>{titleOf(post.text) || t('kinds.schedule')}</span>
        {view.place && <span className={classes.place}>{view.place}</span>}
        {state && <span className={classes.state}>{state}</span>}
      </Link>
    </li>
  )
}

/** Its first line. */
export function titleOf(text: string): string {
  return plainLine(text.trim().split('\n', 1)[0] ?? '')
}
