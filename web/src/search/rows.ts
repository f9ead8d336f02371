// What the palette lists, section by section, and where each row leads.
import type { Icon } from '@tabler/icons-react'
import type { Hit, Id } from '../api/types'
import type { MessageKey } from '../i18n/types'

export type Row =
  | { type: 'person'; key: string; id: Id }
  | { type: 'conversation'; key: string; id: Id }
  | { type: 'written'; key: string; hit: Hit }
  | { type: 'record'; key: string; kind: string; id: Id; title: string; owner: Id | null }
  | { type: 'topic'; key: string; name: string }
  | { type: 'action'; key: string; label: MessageKey; icon: Icon; to: string }

export interface Section {
  heading: MessageKey
  rows: Row[]
}

/** The address of a hit in what was written; of a file that of what carries it. */
export function addressOf(hit: Hit): string {
  const { kind, id } = hit.on ?? hit
  if (kind === 'comment') return `/posts/${hit.post_id}?comment=${id}`
  return kind === 'message' ? `/chat/${hit.conversation_id}?at=${hit.number}` : `/posts/${id}`
}

export function recordRow(hit: Hit): Row {
  return { type: 'record', key: `${hit.kind}${hit.id}`, kind: hit.kind, id: hit.id, title: hit.snippet.text, owner: hit.author_id }
}
