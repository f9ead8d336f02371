// Below a schedule item: when and where, how many come, and my answer.
import { Button } from '@mantine/core'
import { IconCalendarEvent, IconCalendarOff, IconMapPin, IconRepeat } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Post } from '../../../api/types'
import { clock, dayOf } from '../../../i18n/dates'
import { useT, withTexts } from '../../../i18n/i18n'
import { useEntity } from '../../../live/hooks'
import bar from '../KindBar.module.css'
import { scheduleOf } from './acts'
import { Answering } from './AnswerInvitation'
import classes from './ScheduleBar.module.css'
import { repeatText, whenText } from './words'

const GuestsDialog = lazy(withTexts(() => import('./GuestsDialog')))

export function ScheduleBar({ post }: { post: Post }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const mine = useEntity('invitation', post.id)
  const tally = useEntity('tally/schedule', post.id)
  const view = scheduleOf(post)
  if (!view) return null
  const cancelled = view.state === 'cancelled'
  const { repeat } = view
  const hours = view.first_day === null ? ` ${clock(view.begins_at)}–${clock(view.ends_at)}` : ''
  return (
    <div className={bar.bar} data-schedule={view.state}>
      <div className={bar.words}>
        <span className={`${bar.done} ${classes.when}`} data-cancelled={cancelled || undefined}>
          {cancelled ? <IconCalendarOff size={20} aria-hidden /> : <IconCalendarEvent size={20} aria-hidden />}
          <span>{repeat ? `${repeatText(repeat)}${hours}` : whenText(view)}</span>
        </span>
        {cancelled && <span className={classes.off}>{t('kinds.schedule_cancelled')}</span>}
        {repeat && (
          <span className={`${bar.facts} ${classes.fact}`}>
            <IconRepeat size={16} aria-hidden />
            {t('kinds.first_on', { day: view.first_day ? dayOf(view.first_day) : whenText(view) })}
            {view.skipped.length > 0 && ` · ${t('kinds.skipped_days', { days: view.skipped.map((one) => dayOf(one)).join(' ') })}`}
          </span>
        )}
        {view.place && (
          <span className={`${bar.facts} ${classes.fact}`}>
            <IconMapPin size={16} aria-hidden />
            {view.place}
          </span>
        )}
        {tally && view.people.length > 0 && (
          <span className={bar.facts} aria-live="polite" data-tally>
            {t('kinds.coming_of', { asked: tally.asked, accepted: tally.accepted, tentative: tally.tentative, declined: tally.declined })}
          </span>
        )}
        {mine?.state === 'open' && mine.answer && !cancelled && <span className={bar.word}>{t('kinds.moved_answer_again')}</span>}
      </div>
      <Answering post={post.id} mayChange />
      {view.people.length > 0 && (
        <Button variant="subtle" onClick={() => setOpen(true)}>
          {t('kinds.who_comes')}
        </Button>
      )}
      {open && (
        <Suspense>
          <GuestsDialog post={post} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
