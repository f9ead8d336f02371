// What is new for me in a conversation: derived from memberships and messages, never stored.
import { useCallback } from 'react'
import type { Id, Membership, Message } from '../api/types'
import { useMyId } from '../live/bootstrap'
import { sameFields, useSelector } from '../live/hooks'
import { type Store } from '../live/store'

export interface Unread {
  count: number
  /** Somebody named me (or everyone) in what I have not read. */
  mentioned: boolean
}
const nothing: Unread = { count: 0, mentioned: false }

export function lastMessage(store: Store, conversation: Id): Message | undefined {
  return store.messagesOf(conversation).at(-1)
}

/** Up to which number everything is read: my mark, or my own latest message. */
export function readUpTo(membership: Membership, messages: readonly Message[], me: Id): number {
  let upTo = membership.read_number
  for (let i = messages.length - 1; i >= 0; i -= 1) {
    const message = messages[i] as Message
    if (message.number <= upTo) break
    if (message.author_id === me) {
      upTo = message.number
      break
    }
  }
  return upTo
}

export function unreadOf(store: Store, conversation: Id, me: Id): Unread {
  const membership = store.get('membership', conversation)
  if (!membership || membership.state === 'removed') return nothing
  const messages = store.messagesOf(conversation)
  const last = messages.at(-1)
  if (!last) return nothing
  const upTo = readUpTo(membership, messages, me)
  const count = Math.max(0, last.number - upTo)
  if (count === 0) return nothing
  const names = (m: Message): boolean => m.kind === 'text' && (m.mentions.everyone || m.mentions.people.includes(me))
  const mentioned = membership.mentioned_number > upTo || messages.some((m) => m.number > upTo && names(m))
  return { count, mentioned }
}

export function useUnread(conversation: Id): Unread {
  const me = useMyId()
  const select = useCallback((store: Store) => unreadOf(store, conversation, me), [conversation, me])
  return useSelector(['membership', 'message'], select, sameFields)
}

export function unreadTotal(store: Store, me: Id): number {
  let total = 0
  for (const membership of store.all('membership')) {
    const { count, mentioned } = unreadOf(store, membership.conversation_id, me)
    // What is muted counts in its own row, not on the badge, unless somebody named me.
    if (!membership.muted || mentioned) total += count
  }
  return total
}

export function useUnreadTotal(): number {
  const me = useMyId()
  const select = useCallback((store: Store) => unreadTotal(store, me), [me])
  return useSelector(['membership', 'message'], select)
}
