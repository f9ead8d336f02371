// Where «new» began when this conversation was opened; stays until it is left, however much is read meanwhile.
import { useState } from 'react'
import { useMyId } from '../live/bootstrap'
import { store } from '../live/store'
import type { NewSince } from './rows'
import { readUpTo, unreadOf } from './unread'

export function useNewSince(conversation: number): NewSince | null {
  const me = useMyId()
  const [since] = useState<NewSince | null>(() => {
    const membership = store.get('membership', conversation)
    const { count } = unreadOf(store, conversation, me)
    if (!membership || count === 0) return null
    return { readUpTo: readUpTo(membership, store.messagesOf(conversation), me), count }
  })
  return since
}
