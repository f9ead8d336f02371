// Work logs: what a template asks for, of a day, a week or a month, to one's manager (WORK-13).
import { IconNotebook } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Id } from '../../../api/types'
import { withTexts } from '../../../i18n/i18n'
import { store } from '../../../live/store'
import type { Named } from '../../../ui/names'
import type { Details, PostKind } from '../declared'
import { LogBar } from './LogBar'
import { LogBody } from './LogBody'
import { addressOfPeriod } from './periods'
import { WriteButton } from './WriteButton'

/** What the composer keeps: what was filled in by template, so that looking at another one loses nothing. */
export interface LogForm {
  template?: Id
  period?: string
  filled?: Record<string, Record<string, string>>
  /** Missing: not chosen yet, so one's manager. */
  recipients?: Named[]
}

export function filledIn({ template = 0, filled = {} }: LogForm): Record<string, string> {
  return filled[template] ?? {}
}

/** Whether anything was written, in whichever template. */
export function isBegun({ filled = {} }: LogForm): boolean {
  return Object.values(filled).some((values) => Object.values(values).some((value) => value.trim() !== ''))
}

function given(form: Details): { details: Details; people: readonly number[] } {
  const { template = 0, period = '', recipients = [] } = form as LogForm
  const values = Object.entries(filledIn(form as LogForm)).filter(([, value]) => value.trim() !== '')
  const people = recipients.map((one) => one.id)
  return { details: { template, period, values: Object.fromEntries(values), recipients: people }, people }
}

/** The first field that must be filled in and is not. */
function missing(form: Details): readonly [string, string] | null {
  const asked = store.get('log_template', (form as LogForm).template ?? 0)
  if (!asked) return ['details.template', 'required']
  const values = filledIn(form as LogForm)
  const empty = asked.fields.find((one) => one.required && !values[one.key]?.trim())
  return empty ? [`details.values.${empty.key}`, 'required'] : null
}

export const log: PostKind = {
  kind: 'log',
  icon: IconNotebook,
  capability: 'post.share',
  leads: true,
  Fields: lazy(withTexts(() => import('../../../worklog/LogFields'))),
  given,
  missing,
  isBegun: (details) => isBegun(details as LogForm),
  Body: LogBody,
  Below: LogBar,
  Edit: lazy(withTexts(() => import('../../../worklog/EditLog'))),
  todo: { entity: 'todo/log', Act: WriteButton, address: (todo) => addressOfPeriod(todo.ref.id) },
}
