// What the outbox still holds for a conversation.
import { useMemo } from 'react'
import type { Id } from '../api/types'
import { useSignal } from '../live/emitter'
import { type MessageAct, outbox } from '../live/outbox'

export function useMessageActs(conversation: Id): readonly MessageAct[] {
  const acts = useSignal(outbox.acts)
  return useMemo(
    () => acts.filter((act): act is MessageAct => act.kind === 'message' && act.conversation === conversation),
    [acts, conversation],
  )
}
