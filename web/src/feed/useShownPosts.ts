// The ids the timeline shows now, without posts that were taken away or hidden meanwhile.
import { useCallback } from 'react'
import type { Id } from '../api/types'
import { useSignal } from '../live/emitter'
import { useSelector } from '../live/hooks'
import type { Store } from '../live/store'
import { outbox } from '../live/outbox'
import { freshPosts, pages } from './timeline'

export function useShownPosts(): Id[] {
  const { ids } = useSignal(pages)
  const select = useCallback(
    // Unknown ones are being fetched again (after a reset); dropped ones are gone.
    (store: Store) =>
      ids.filter((id) => !store.get('hidden', id) && (store.get('post', id) || store.seqOf('post', id) === 0)),
    [ids],
  )
  return useSelector(['post', 'hidden'], select)
}

/** How many wait to be shown. Mine do not count while they are on their way: their answer shows them. */
export function useFreshCount(me: Id): number {
  const now = useSignal(pages)
  const sending = useSignal(outbox.acts).some((act) => act.kind === 'share')
  const select = useCallback(
    (store: Store) =>
      freshPosts(store, now).filter((id) => !sending || store.get('post', id)?.author_id !== me).length,
    [now, sending, me],
  )
  return useSelector(['post', 'hidden'], select)
}
