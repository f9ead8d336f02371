// Reading is standing at the end of an open conversation in a visible window; told to the server a moment later.
import { useEffect, useSyncExternalStore } from 'react'
import { api } from '../api/client'
import type { Membership, Message } from '../api/types'
import { applyAnswer, putChange } from '../live/answers'
import { useMyId } from '../live/bootstrap'
import { connection } from '../live/connection'
import { useSignal } from '../live/emitter'
import { useEntity } from '../live/hooks'
import { live } from '../live/live'
import { readUpTo } from './unread'

const MOMENT = 250

function subscribe(told: () => void): () => void {
  document.addEventListener('visibilitychange', told)
  addEventListener('focus', told)
  addEventListener('blur', told)
  return () => {
    document.removeEventListener('visibilitychange', told)
    removeEventListener('focus', told)
    removeEventListener('blur', told)
  }
}
const looking = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

function tell(conversation: number, number: number): void {
  if (live.send({ op: 'read', conversation, number })) return
  api
    .put<Membership>(`/conversations/${conversation}/read`, { number })
    .then((answer) => applyAnswer(answer.seq, [putChange('membership', conversation, answer.data)]))
    .catch(() => {}) // the next look tells it again
}

export function useMarkRead(conversation: number, messages: readonly Message[], atEnd: boolean): void {
  const me = useMyId()
  const membership = useEntity('membership', conversation)
  const isLooking = useSyncExternalStore(subscribe, looking)
  const isOnline = useSignal(connection) === 'online'
  const newest = messages.at(-1)?.number ?? 0
  const owed =
    membership?.state === 'active' && atEnd && isLooking && isOnline && newest > readUpTo(membership, messages, me)
  useEffect(() => {
    if (!owed) return
    const timer = setTimeout(() => tell(conversation, newest), MOMENT)
    return () => clearTimeout(timer)
  }, [owed, conversation, newest])
}
