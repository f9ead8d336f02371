import { expect, test } from 'vitest'
import type { Change } from '../../../api/types'
import { store } from '../../../live/store'
import { bodyOf, emptyForm, missing } from '../../share/form'
import { log } from './log'
import { beginOf, endOf, numberOf, offered, partsOf, shifted } from './periods'

test('weeks begin on Monday, months on their first day', () => {
  expect(beginOf('week', '2026-11-22')).toBe('2026-11-16')
  expect(beginOf('week', '2026-11-16')).toBe('2026-11-16')
  expect(endOf('week', '2026-11-16')).toBe('2026-11-22')
  expect(endOf('month', beginOf('month', '2024-02-10'))).toBe('2024-02-29')
  expect(beginOf('day', '2026-11-22')).toBe(endOf('day', '2026-11-22'))
})
test('periods follow each other over the ends of months and years', () => {
  expect(shifted('month', '2026-12-01', 1)).toBe('2027-01-01')
  expect(shifted('month', '2026-01-01', -1)).toBe('2025-12-01')
  expect(shifted('week', '2026-01-05', -1)).toBe('2025-12-29')
  expect(offered('month', '2026-03-31')).toEqual(['2026-03-01', '2026-02-01', '2026-01-01', '2025-12-01', '2025-11-01', '2025-10-01', '2025-09-01'])
})
test('a period has one number', () => {
  expect(numberOf(3, '2026-11-20')).toBe(320261120)
  expect(partsOf(320261120)).toEqual({ template: 3, begin: '2026-11-20' })
})
test('what must be filled in is named before the server is asked, and nothing of the form itself is sent', () => {
  const field = (key: number, required: boolean) => ({ key, title: `t${key}`, type: 'text', required, choices: [], unit: '', hint: '' })
  const data = { id: 3, rhythm: 'day', name: '日报', due_days: 0, fields: [field(1, true), field(2, false)], is_active: true, version: 1 }
  store.reset(1, [{ op: 'put', kind: 'log_template', id: 3, data } as Change])
  const manager = { kind: 'person', id: 7, name: 'Ann', hint: '' } as const
  const details = { template: 3, period: '2026-11-20', filled: { 3: { 1: 'done', 2: ' ' } }, recipients: [manager] }
  const form = { ...emptyForm, details }
  const now = new Date('2026-11-20T02:00:00Z')
  expect(missing(true, form, now, log)).toEqual({})
  expect(missing(true, { ...form, details: { ...details, filled: {} } }, now, log).details?.field).toBe('details.values.1')
  expect(missing(true, emptyForm, now, log).details?.field).toBe('details.template')
  const body = bodyOf('', form, [], log)
  expect(body.audience.people).toEqual([7])
  expect(body.details).toEqual({ template: 3, period: '2026-11-20', values: { 1: 'done' }, recipients: [7] })
})
