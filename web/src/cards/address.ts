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
