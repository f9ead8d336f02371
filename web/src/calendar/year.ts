// A year as months of weeks, and what each day is: the company's word, else the state's, else the weekday. Pure.
import type { CalendarDay, CalendarYear, WorkingWeek } from '../api/types'

export interface Day {
  /** `2026-10-01` */
  date: string
  number: number
  works: boolean
  special: CalendarDay | undefined
}
export interface Month {
  number: number
  /** Empty places before the first, so that columns are weekdays from Monday. */
  before: number
  days: Day[]
}

export function isoDay(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
/** 1 Monday … 7 Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

export function monthsOf(year: number, calendar: CalendarYear | undefined, week: WorkingWeek | undefined): Month[] {
  const special = new Map((calendar?.days ?? []).map((day) => [day.day, day]))
  const working = new Set(week?.days ?? [1, 2, 3, 4, 5])
  return Array.from({ length: 12 }, (_, at) => {
    const month = at + 1
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
    const days = Array.from({ length }, (_, n): Day => {
      const date = isoDay(year, month, n + 1)
      const found = special.get(date)
      const works = found ? found.kind === 'workday' : working.has(weekdayOf(date))
      return { date, number: n + 1, works, special: found }
    })
    return { number: month, before: weekdayOf(isoDay(year, month, 1)) - 1, days }
  })
}
