// Who is away today, by the dates on the person and the company's own calendar day. Nothing is fetched or timed: it is so or not.
import type { Person } from '../api/types'
import { dayOf } from '../i18n/dates'
import { say } from '../i18n/i18n'
import { useNow } from '../ui/now'
import { useCompany } from './bootstrap'

export type Away = Person['away'][number]

/** The day it is at the company: `2026-12-03`. */
export function todayIn(zone: string, now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
}

export function useToday(): string {
  return todayIn(useCompany().time_zone, useNow())
}

export function awayOn(person: Person | undefined, day: string): Away | undefined {
  return person?.away.find((one) => one.from_day <= day && day <= one.to_day)
}

export function useAway(person: Person | undefined): Away | undefined {
  return awayOn(person, useToday())
}

export function awayText(away: Away): string {
  return say('ui.away_till', { day: dayOf(away.to_day) })
}
