// Pinned, from when it applies, until when: one line of marks above the text.
import { IconCalendarEvent, IconCalendarX, IconPin } from '@tabler/icons-react'
import type { Post } from '../../../api/types'
import { dayAndTime } from '../../../i18n/dates'
import { useT } from '../../../i18n/i18n'
import { useNow } from '../../../ui/now'
import fields from '../Fields.module.css'
import { detailsOf, standingOf } from './standing'

export function Standing({ post }: { post: Post }) {
  const t = useT()
  const now = useNow()
  const details = detailsOf(post)
  if (!details) return null
  const standing = standingOf(details, now)
  const { pinned, effective_at, expires_at } = details
  if (!pinned && effective_at === null && expires_at === null) return null
  return (
    <div className={fields.chips} data-standing={standing}>
      {pinned && standing !== 'expired' && (
        <span className={fields.chip}>
          <IconPin size={14} aria-hidden />
          {t('kinds.pinned')}
        </span>
      )}
      {standing === 'coming' && effective_at && (
        <span className={fields.chip} data-tone="warn">
          <IconCalendarEvent size={14} aria-hidden />
          {t('kinds.effective_from', { time: dayAndTime(effective_at, now) })}
        </span>
      )}
      {standing === 'holds' && effective_at && (
        <span className={fields.chip}>
          <IconCalendarEvent size={14} aria-hidden />
          {t('kinds.effective_since', { time: dayAndTime(effective_at, now) })}
        </span>
      )}
      {expires_at && (
        <span className={fields.chip} data-tone="off">
          <IconCalendarX size={14} aria-hidden />
          {t(standing === 'expired' ? 'kinds.expired_at' : 'kinds.holds_until', { time: dayAndTime(expires_at, now) })}
        </span>
      )}
    </div>
  )
}
