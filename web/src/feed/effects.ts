// What live events of the feed do besides changing state: a reminder is told where it concerns me. Mounted once by the shell.
import { useEffect, useRef } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { api } from '../api/client'
import type { Id, Person, ReceiptReminder } from '../api/types'
import { filesLine } from '../files/words'
import { say } from '../i18n/i18n'
import { envelopes } from '../live/socket'
import { store } from '../live/store'
import { whenForgetting } from '../shell/session'
import { plainLine } from '../ui/plain'
import { toast } from '../ui/toasts'
import { forgetFound } from './filter/found'
import { forgetUnreached } from './published'
import './wentBack'
import { type Reader, receiptOf, useReader } from './receipts/mine'
import { forgetTimeline } from './timeline'

whenForgetting(() => {
  forgetTimeline()
  forgetFound()
  forgetUnreached()
})

async function nameOf(id: Id): Promise<string> {
  const known = store.get('person', id)
  return known ? known.name : (await api.get<Person>(`/people/${id}`)).data.name
}

async function tell({ post_id, by }: ReceiptReminder): Promise<void> {
  const name = await nameOf(by).catch(() => '')
  const post = store.get('post', post_id)
  const title = plainLine(post?.text ?? '', 24) || filesLine(post?.files)
  toast(say('feed.reminded', { name, title }), {
    action: { label: say('feed.look'), run: () => navigate(`/posts/${post_id}`) },
  })
}

export function useFeedEffects(): void {
  const reader = useReader()
  const now = useRef<Reader>(reader)
  now.current = reader
  useEffect(
    () =>
      envelopes.on((event) => {
        for (const change of event.changes) {
          if (change.op !== 'put' || change.kind !== 'receipt_reminder') continue
          if (receiptOf(store, change.id, now.current)?.state === 'open') void tell(change.data)
        }
      }),
    [],
  )
}
