// «Received», once: through the outbox, so that it survives offline and reload. Pressing again changes nothing.
import { useCallback, useEffect, useRef } from 'react'
import { api } from '../../api/client'
import type { Id, Item, Post, Receipt } from '../../api/types'
import { say } from '../../i18n/i18n'
import { applyItem } from '../../live/answers'
import { useSignal } from '../../live/emitter'
import { store } from '../../live/store'
import { opened } from '../versions/opened'
import { outbox, type Act, type ReceiptAct } from '../../live/outbox'
import { toast } from '../../ui/toasts'
import { answering } from './question/answering'

const isFor = (post: Id) => (act: Act): act is ReceiptAct => act.kind === 'receipt' && act.post === post

/** The row or bar where it was pressed: the same receipt may stand on the page twice. */
const pressedAt = new Map<Id, Element>()

/** Of the version that is on the screen; `asked` is what it was asked on. */
export function giveReceipt(post: Id, asked: number): void {
  const version = store.get('post', post)?.version ?? asked
  const place = document.activeElement?.closest('[data-receipt]')
  if (place) pressedAt.set(post, place)
  const waiting = outbox.acts.get().find(isFor(post))
  if (!waiting && store.get('post', post)?.receipts?.question) answering.set(post)
  else if (!waiting) outbox.add({ kind: 'receipt', post, version })
  else if (waiting.state === 'failed') outbox.retry(waiting.client_id)
}

export interface Giving {
  state: 'idle' | 'pending' | 'failed'
  give: () => void
}

/** What becomes of my press; a refusal is told and the post looked at again. */
export function useGiving(receipt: Receipt | undefined, post: Id): Giving {
  const act = useSignal(outbox.acts).find(isFor(post))
  const isOpen = receipt?.state === 'open'
  const version = receipt?.version
  const was = useRef(false)
  useEffect(() => {
    if (was.current && !act && isOpen) {
      void refused(post)
    }
    was.current = act !== undefined
  }, [act, isOpen, post])
  const give = useCallback(() => {
    if (version !== undefined) giveReceipt(post, version)
  }, [post, version])
  return { state: act ? act.state : 'idle', give }
}

async function refused(post: Id): Promise<void> {
  await api.get<Item<Post>>(`/posts/${post}`).then((answer) => applyItem('post', answer), () => {})
  const changed = (store.get('post', post)?.version ?? 1) > 1
  const look = { label: say('feed.see_changes'), run: () => opened.set(post) }
  toast(say('feed.receipt_refused'), { tone: 'bad', ...(changed && { action: look }) })
}

/** The button goes when the receipt is safe: whoever pressed it with the keyboard goes on from where it stood. */
export function useFocusAfter(post: Id, isDone: boolean): (element: HTMLElement | null) => void {
  return useCallback(
    (element) => {
      if (!element || !isDone || !pressedAt.get(post)?.contains(element)) return
      pressedAt.delete(post)
      if (document.activeElement === document.body || document.activeElement === null) element.focus({ preventScroll: true })
    },
    [post, isDone],
  )
}
