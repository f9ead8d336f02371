// For those who read further up: how many messages came since they left the end, and the way back down.
// Also tells screen readers what arrives, once, apart from the scrolling list.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Message } from '../api/types'
import { filesLine } from '../files/words'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { plainLine } from '../ui/plain'

interface Props {
  messages: readonly Message[]
  atEnd: boolean
  children: (count: number) => ReactNode
}

export function NewMessages({ messages, atEnd, children }: Props) {
  const me = useMyId()
  const last = messages.at(-1)
  const newest = last?.number ?? 0
  const [seen, setSeen] = useState(newest)
  useEffect(() => {
    if (atEnd) setSeen(newest)
  }, [atEnd, newest])
  const first = useRef<number | null>(null)
  if (first.current === null && newest > 0) first.current = newest
  const heard = last && last.kind === 'text' && last.author_id !== me && newest > (first.current ?? newest) ? last : null
  return (
    <>
      {!atEnd && children(messages.filter((m) => m.number > seen && m.author_id !== me).length)}
      <Heard message={heard} />
    </>
  )
}

function Heard({ message }: { message: Message | null }) {
  const t = useT()
  const author = usePerson(message?.author_id)
  return (
    <div className="tf-hidden" role="status">
      {message && t('chat.speaker', { name: author?.name ?? '', text: plainLine(message.text) || filesLine(message.files) })}
    </div>
  )
}
