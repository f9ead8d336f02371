// The post that what I write here is about: the one on the message I answer, else the last that was shown since I last said something (W23).
import { useCallback } from 'react'
import type { Id, Message } from '../api/types'
import { useSelector } from '../live/hooks'
import type { Store } from '../live/store'

function postOn(message: Message | undefined): Id | null {
  return message?.cards?.find((card) => card.kind === 'post')?.id ?? null
}

const LATELY = 20

/** Null when no post is talked about. */
export function postTalkedAbout(from: Store, conversation: Id, answered: Id | null, me: Id): Id | null {
  if (answered !== null) return postOn(from.get('message', answered))
  const lately = from.messagesOf(conversation).slice(-LATELY)
  const since = lately.slice(lately.findLastIndex((message) => message.author_id === me) + 1)
  return postOn(since.findLast((message) => postOn(message) !== null))
}

export function usePostTalkedAbout(conversation: Id, answered: Id | null, me: Id): Id | null {
  const select = useCallback((from: Store) => postTalkedAbout(from, conversation, answered, me), [conversation, answered, me])
  return useSelector(['message'], select, Object.is)
}
