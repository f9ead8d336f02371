// Addresses of this company's things, as they are copied and pasted.
import type { Ref } from '../api/types'
import { store } from '../live/store'

const PATHS: readonly [RegExp, string][] = [
  [/^\/posts\/([1-9]\d{0,14})$/, 'post'],
  [/^\/chat\/([1-9]\d{0,14})$/, 'conversation'],
]
const RECORD = /^\/crm\/([a-z_]+)\/([1-9]\d{0,14})$/

/** The thing that a text names when it is nothing but its address, else null. A message's place names the message where it is known. */
export function refOfAddress(text: string, origin = location.origin): Ref | null {
  if (!text.startsWith(`${origin}/`) || /\s/.test(text)) return null
  const url = new URL(text)
  const [, record, number] = RECORD.exec(url.pathname) ?? []
  if (record && number) return { kind: record, id: Number(number) }
  for (const [path, kind] of PATHS) {
    const id = Number(path.exec(url.pathname)?.[1])
    if (!id) continue
    const at = Number(url.searchParams.get('at'))
    const message = kind === 'conversation' && at > 0 ? store.messagesOf(id).find((one) => one.number === at) : undefined
    return message ? { kind: 'message', id: message.id } : { kind, id }
  }
  return null
}

const NUMBER = /(^|[^A-Za-z0-9-])([A-Z]{1,4}-\d{4,15})(?![A-Za-z0-9-])/g
const PLACE = /(^|[^\w/.])(\/crm\/[a-z_]+\/[1-9]\d{0,14})(?![\w/])/g

/** The last thing of ours that a text in writing names: by its whole address, a record by its place (/crm/customer/99) or number (K-000099) too. */
export function lastNamed(text: string, origin = location.origin): { text: string; ref: Ref } | { text: string; number: string } | null {
  const found: { at: number; text: string; ref: Ref | null; number: string }[] = []
  for (let at = text.indexOf(`${origin}/`); at >= 0; at = text.indexOf(`${origin}/`, at + 1)) {
    const address = origin + (/^[\w/?=&-]+/.exec(text.slice(at + origin.length))?.[0] ?? '')
    found.push({ at, text: address, ref: refOfAddress(address, origin), number: '' })
  }
  for (const match of text.matchAll(PLACE)) {
    const place = match[2] ?? ''
    found.push({ at: match.index, text: place, ref: refOfAddress(origin + place, origin), number: '' })
  }
  for (const match of text.matchAll(NUMBER)) found.push({ at: match.index, text: match[2] ?? '', ref: null, number: match[2] ?? '' })
  const named = found.filter((one) => one.ref !== null || one.number !== '').sort((a, b) => b.at - a.at)[0]
  if (!named) return null
  return named.ref ? { text: named.text, ref: named.ref } : { text: named.text, number: named.number }
}
