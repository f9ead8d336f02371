// What live events of the chat do besides changing state. Mounted once by the shell.
import { useEffect } from 'react'
import { envelopes } from '../live/socket'
import { stoppedTyping } from './typing'

export function useChatEffects(): void {
  useEffect(
    () =>
      envelopes.on((event) => {
        if (event.type !== 'message.sent') return
        for (const change of event.changes) {
          if (change.op === 'put' && change.kind === 'message') {
            stoppedTyping(change.data.conversation_id, change.data.author_id)
          }
        }
      }),
    [],
  )
}
