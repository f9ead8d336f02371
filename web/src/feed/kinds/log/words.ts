// A period in words, by the company's calendar.
import { dayOf, daysBetween, monthOf, relativeDay, weekdayOf } from '../../../i18n/dates'
import { endOf, type Rhythm } from './periods'

/** 11月20日 周五, 11月16日 – 11月22日, 2026年11月. */
export function periodText(rhythm: Rhythm, begin: string): string {
  if (rhythm === 'month') return monthOf(begin)
  if (rhythm === 'week') return `${dayOf(begin)} – ${dayOf(endOf(rhythm, begin))}`
  return `${dayOf(begin)} ${weekdayOf(begin)}`
}

/** The same, with «today» and «yesterday» before it. */
export function nearPeriodText(rhythm: Rhythm, begin: string, today: string): string {
  const apart = daysBetween(today, begin)
  const near = rhythm === 'day' && (apart === 0 || apart === -1)
  return near ? `${relativeDay(apart)} · ${periodText(rhythm, begin)}` : periodText(rhythm, begin)
}
