// «15 分钟前», of whole days «前一天 9:00». Pure but for its words.
import type { Translate } from '../../../i18n/i18n'

const HOUR = 60
const DAY = 24 * HOUR

export function reminderText(t: Translate, minutes: number, whole: boolean): string {
  if (minutes === 0) return t(whole ? 'schedule.remind_that_morning' : 'schedule.remind_at_begin')
  if (minutes % DAY === 0) return t('schedule.remind_days', { count: minutes / DAY })
  if (minutes % HOUR === 0) return t('schedule.remind_hours', { count: minutes / HOUR })
  return t('schedule.remind_minutes', { count: minutes })
}
