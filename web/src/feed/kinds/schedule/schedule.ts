// Schedule items: one's own or with others who answer, reminded of, repeating, on a page of days (WORK-18).
import { IconCalendarEvent } from '@tabler/icons-react'
import { lazy } from 'react'
import { withTexts } from '../../../i18n/i18n'
import type { PostKind } from '../declared'
import { AnswerInvitation } from './AnswerInvitation'
import { given, missing, type TimesForm } from './form'
import { ScheduleBar } from './ScheduleBar'
import { useMenu } from './useMenu'

export const schedule: PostKind = {
  kind: 'schedule',
  icon: IconCalendarEvent,
  capability: 'post.share',
  own: true,
  Fields: lazy(withTexts(() => import('./ScheduleFields'))),
  given,
  missing: (details, now) => missing(details as TimesForm, now),
  Below: ScheduleBar,
  todo: { entity: 'todo/schedule', Act: AnswerInvitation },
  useMenu,
}
