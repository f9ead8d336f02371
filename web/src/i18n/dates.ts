// Dates and numbers in words, with Intl only, in the time zone of the device.
import { type Language } from '../api/types'
import { translations } from './i18n'

const cache = new Map<string, Intl.DateTimeFormat>()
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = translations.language + JSON.stringify(options)
  let found = cache.get(key)
  if (!found) cache.set(key, (found = new Intl.DateTimeFormat(locale(), options)))
  return found
}
function locale(): string {
  return (translations.language as Language) === 'en' ? 'en-GB' : 'zh-CN'
}

export function exactTime(at: string | Date): string {
  return formatter({ dateStyle: 'full', timeStyle: 'short' }).format(new Date(at))
}
export function clock(at: string | Date): string {
  return formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}
/** 6月1日 09:30; with the year when it is another one. */
export function dayAndTime(at: string | Date, now = new Date()): string {
  return `${day(at, now)} ${clock(at)}`
}
export function day(at: string | Date, now = new Date()): string {
  const date = new Date(at)
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return formatter({ ...year, month: translations.language === 'en' ? 'short' : 'long', day: 'numeric' }).format(date)
}
/** A calendar day `2026-12-03`, which is the same day everywhere. */
export function dayOf(text: string, now = new Date()): string {
  return day(`${text}T12:00:00`, now)
}
/** 周一, Mon. */
export function weekday(at: string | Date, style: 'short' | 'long' = 'short'): string {
  return formatter({ weekday: style }).format(new Date(at))
}
/** 2026年11月, November 2026. */
export function monthOfYear(at: string | Date): string {
  return formatter({ year: 'numeric', month: 'long' }).format(new Date(at))
}
/** How many days after `from` the other calendar day is. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000)
}
/** Fri, 周五: of a calendar day `2026-12-03`. */
export function weekdayOf(text: string): string {
  return formatter({ weekday: 'short' }).format(new Date(`${text}T12:00:00`))
}
/** November 2026: the month of a calendar day. */
export function monthOf(text: string): string {
  return formatter({ year: 'numeric', month: 'long' }).format(new Date(`${text}T12:00:00`))
}
/** October, 十月: a month as a heading. */
export function monthName(year: number, month: number): string {
  return formatter({ month: 'long' }).format(new Date(year, month - 1, 1))
}
export function daysApart(at: string | Date, now = new Date()): number {
  const from = new Date(at)
  const midnight = (d: Date): number => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime()
  return Math.round((midnight(from) - midnight(now)) / 86_400_000)
}
export function relativeDay(days: number): string {
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day')
}
/** «today», «yesterday», «Monday», «1 June»: the heading above a day's items. */
export function dayHeading(at: string | Date, now = new Date()): string {
  const apart = daysApart(at, now)
  if (apart === 0 || apart === -1) return capital(relativeDay(apart))
  const weekday = formatter({ weekday: 'long' }).format(new Date(at))
  return apart < 0 && apart > -7 ? weekday : `${day(at, now)} ${weekday}`
}
function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
/** Short and calm: minutes and hours within the day, then «yesterday 17:05», then the date. */
export function relativeTime(at: string | Date, now = new Date()): string {
  const date = new Date(at)
  const seconds = (date.getTime() - now.getTime()) / 1000
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' })
  if (Math.abs(seconds) < 60) return relative.format(0, 'second')
  if (Math.abs(seconds) < 3600) return relative.format(Math.trunc(seconds / 60), 'minute')
  const apart = daysApart(date, now)
  if (apart === 0) return relative.format(Math.trunc(seconds / 3600), 'hour')
  if (Math.abs(apart) === 1) return `${relativeDay(apart)} ${clock(date)}`
  return Math.abs(apart) < 200 ? dayAndTime(date, now) : day(date, now)
}
/** For narrow lists: 09:30 today, «yesterday», weekday within the week, else the date. */
export function listTime(at: string | Date, now = new Date()): string {
  const apart = daysApart(at, now)
  if (apart === 0) return clock(at)
  if (apart === -1) return relativeDay(-1)
  if (apart < 0 && apart > -7) return formatter({ weekday: 'short' }).format(new Date(at))
  return formatter({
    month: translations.language === 'en' ? 'short' : 'numeric',
    day: 'numeric',
    ...(new Date(at).getFullYear() === now.getFullYear() ? {} : ({ year: '2-digit' } as const)),
  }).format(new Date(at))
}
export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}
/** 99+ for badges. */
export function badge(value: number): string {
  return value > 99 ? '99+' : String(value)
}
/** «张三、李四» or "Ann, Bob". */
export function listed(names: readonly string[]): string {
  return names.join(translations.language === 'en' ? ', ' : '、')
}
