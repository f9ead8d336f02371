// Further pages of conversations, after those of the bootstrap.
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import type { Conversation, List } from '../api/types'
import { applyList } from '../live/answers'
import { useBootstrap } from '../live/bootstrap'

// The place in the list outlives the page: coming back must not fetch everything again.
let kept: { generation: string; next: string | null } | null = null

export function useMoreConversations(): { loadMore: () => void; hasMore: boolean } {
  const boot = useBootstrap()
  const generation = boot?.cursor ?? ''
  const start = kept?.generation === generation ? kept.next : (boot?.conversations.next ?? null)
  const [next, setNext] = useState(start)
  const busy = useRef(false)
  useEffect(() => {
    if (kept?.generation === generation) return
    kept = { generation, next: boot?.conversations.next ?? null }
    setNext(kept.next)
  }, [boot, generation])

  const loadMore = useCallback(() => {
    if (busy.current || next === null) return
    busy.current = true
    api
      .get<List<Conversation>>('/conversations', { query: { cursor: next } })
      .then((answer) => {
        applyList('conversation', answer)
        kept = { generation, next: answer.data.next }
        setNext(answer.data.next)
      })
      .catch(() => {})
      .finally(() => {
        busy.current = false
      })
  }, [next, generation])
  return { loadMore, hasMore: next !== null }
}
