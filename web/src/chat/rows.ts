// From messages to the rows of the list: day headings, the «new» marker, groups of one sender, what is still on its way.
import type { Id, Message } from '../api/types'
import { daysApart } from '../i18n/dates'
import type { MessageAct } from '../live/outbox'

const TOGETHER = 5 * 60_000 // messages of one sender within five minutes stand together

export interface SaidRow {
  type: 'message'
  key: string
  message: Message
  mine: boolean
  /** First of its group: shows who and when. */
  leads: boolean
  /** My newest one shows that it is safe. */
  isLatestOfMine: boolean
}
export interface PendingRow {
  type: 'pending'
  key: string
  act: MessageAct
  leads: boolean
}
export type Row =
  | { type: 'day'; key: string; at: string }
  | { type: 'new'; key: string; count: number }
  | { type: 'system'; key: string; message: Message }
  | SaidRow
  | PendingRow

export interface NewSince {
  /** The last number that was read when the conversation was opened. */
  readUpTo: number
  count: number
}

function sameDay(a: string, b: string): boolean {
  return daysApart(a, new Date(b)) === 0
}

function together(before: Row | undefined, author: Id, at: string, me: Id): boolean {
  if (!before) return false
  if (before.type === 'message') {
    const { message } = before
    return message.author_id === author && Date.parse(at) - Date.parse(message.created_at) < TOGETHER
  }
  return before.type === 'pending' && author === me
}

/** The same key while pending and once sent, so that the row stays the same element. */
function keyOf(message: Message, me: Id): string {
  return message.author_id === me && message.client_id ? `c${message.client_id}` : `m${message.id}`
}

export interface Given {
  messages: readonly Message[]
  acts: readonly MessageAct[]
  me: Id
  since: NewSince | null
  /** No heading above the first loaded message while older ones exist: it would move when they come. */
  reachedStart: boolean
}

export function rowsOf({ messages, acts, me, since, reachedStart }: Given): Row[] {
  const rows: Row[] = []
  let day = ''
  let marked = false
  for (const [i, message] of messages.entries()) {
    const isNewDay = day === '' ? reachedStart || i > 0 : !sameDay(day, message.created_at)
    if (isNewDay) rows.push({ type: 'day', key: `d${message.id}`, at: message.created_at })
    day = message.created_at
    if (since && since.count > 0 && !marked && message.number > since.readUpTo) {
      // Shown only where the line between read and unread is loaded.
      if (i > 0 || reachedStart) rows.push({ type: 'new', key: 'new', count: since.count })
      marked = true
    }
    if (message.kind === 'system') {
      rows.push({ type: 'system', key: `m${message.id}`, message })
      continue
    }
    const mine = message.author_id === me
    const leads = !together(rows.at(-1), message.author_id, message.created_at, me)
    rows.push({ type: 'message', key: keyOf(message, me), message, mine, leads, isLatestOfMine: false })
  }
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i] as Row
    if (row.type !== 'message' || !row.mine) continue
    row.isLatestOfMine = true
    break
  }
  const arrived = new Set(messages.filter((m) => m.author_id === me).map((m) => m.client_id))
  for (const act of acts) {
    if (arrived.has(act.client_id)) continue
    if (day !== '' && !sameDay(day, act.made_at)) rows.push({ type: 'day', key: `d${act.client_id}`, at: act.made_at })
    day = act.made_at
    rows.push({ type: 'pending', key: `c${act.client_id}`, act, leads: !together(rows.at(-1), me, act.made_at, me) })
  }
  return rows
}
