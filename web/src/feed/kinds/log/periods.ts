// Days, weeks and months that logs are about, as the server counts them: texts `2026-11-20` of the company's calendar. Pure.
import type { Id } from '../../../api/types'

export type Rhythm = 'day' | 'week' | 'month'
/** How far back a log may be handed in. */
const BACK: Record<Rhythm, number> = { day: 31, week: 8, month: 6 }
const DAY = 100_000_000

const atNoon = (day: string): Date => new Date(`${day}T12:00:00Z`)
const text = (date: Date): string => date.toISOString().slice(0, 10)

function plus(day: string, days: number): string {
  const date = atNoon(day)
  date.setUTCDate(date.getUTCDate() + days)
  return text(date)
}

/** The first day of the period that holds this day; weeks begin on Monday. */
export function beginOf(rhythm: Rhythm, day: string): string {
  if (rhythm === 'week') return plus(day, -((atNoon(day).getUTCDay() + 6) % 7))
  return rhythm === 'month' ? `${day.slice(0, 7)}-01` : day
}

export function endOf(rhythm: Rhythm, begin: string): string {
  if (rhythm === 'week') return plus(begin, 6)
  return rhythm === 'month' ? plus(shifted('month', begin, 1), -1) : begin
}

/** So many periods later, or earlier. */
export function shifted(rhythm: Rhythm, begin: string, by: number): string {
  if (rhythm !== 'month') return plus(begin, by * (rhythm === 'week' ? 7 : 1))
  const date = atNoon(begin)
  date.setUTCMonth(date.getUTCMonth() + by, 1)
  return text(date)
}

/** Those for which a log can be handed in, the newest first. */
export function offered(rhythm: Rhythm, today: string): string[] {
  const newest = beginOf(rhythm, today)
  return Array.from({ length: BACK[rhythm] + 1 }, (_, at) => shifted(rhythm, newest, -at))
}

/** The number by which to-dos and notices name the period of a template. */
export function numberOf(template: Id, begin: string): number {
  return template * DAY + Number(begin.replaceAll('-', ''))
}

export function partsOf(number: number): { template: Id; begin: string } {
  const day = String(number % DAY).padStart(8, '0')
  return { template: Math.floor(number / DAY), begin: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` }
}

/** Where the log of this period is written. */
export function addressOfPeriod(number: number): string {
  return `/?write=log&period=${number}`
}
