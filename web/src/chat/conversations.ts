// Which conversations there are, in which order, and what they are called: selectors over the entity store.
import { useCallback } from 'react'
import type { Conversation, Id, Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { useEntity, useSelector } from '../live/hooks'
import type { Store } from '../live/store'
import { lastMessage } from './unread'

function movedAt(store: Store, conversation: Conversation): string {
  const last = lastMessage(store, conversation.id)
  return last && last.created_at > conversation.created_at ? last.created_at : conversation.created_at
}

/** Those I am or was in, the latest moved first. */
function ordered(store: Store): Id[] {
  return store
    .all('conversation')
    .filter((c) => store.get('membership', c.id))
    .map((c) => ({ id: c.id, at: movedAt(store, c) }))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.id - a.id))
    .map(({ id }) => id)
}

export function useConversationIds(): Id[] {
  return useSelector(['conversation', 'membership', 'message'], ordered)
}

/** The other one of a direct conversation, null for groups. */
export function otherOf(conversation: Conversation, me: Id): Id | null {
  if (conversation.kind !== 'direct') return null
  return conversation.people.find((id) => id !== me) ?? me
}

export interface Face {
  name: string
  avatarId: Id
  isGroup: boolean
  /** The other one of a direct conversation. */
  other?: Person | undefined
}

/** Name and mark of a conversation as this person sees it. */
export function useFace(id: Id): Face | undefined {
  const t = useT()
  const me = useMyId()
  const conversation = useEntity('conversation', id)
  const other = usePerson(conversation ? otherOf(conversation, me) : null)
  if (!conversation) return undefined
  if (conversation.kind === 'group') {
    return { name: conversation.name || t('chat.group'), avatarId: conversation.id, isGroup: true }
  }
  return { name: other?.name ?? '…', avatarId: other?.id ?? 0, isGroup: false, other }
}

/** The names of loaded conversations, for finding one by typing. */
export function useNamesOf(): (id: Id) => string {
  const me = useMyId()
  const names = useSelector(
    ['conversation', 'person'],
    useCallback(
      (store: Store) =>
        new Map(
          store.all('conversation').map((c) => {
            const other = otherOf(c, me)
            return [c.id, other === null ? c.name : (store.get('person', other)?.name ?? '')]
          }),
        ),
      [me],
    ),
  )
  return (id) => names.get(id) ?? ''
}
