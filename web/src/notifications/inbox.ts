// My inbox: the newest notices are in the store, older pages come by HTTP; what is read is everything up to one mark.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../api/client'
import type { Id, List, Notice } from '../api/types'
import { applyAnswer, applyList, putChange } from '../live/answers'
import { useMyId } from '../live/bootstrap'
import { useEntity, useSelector } from '../live/hooks'
import { type Store, store } from '../live/store'

function newestFirst(from: Store): Notice[] {
  return from.all('notice').sort((a, b) => b.id - a.id)
}

export function useNotices(): Notice[] {
  return useSelector(['notice'], newestFirst)
}

export function useUnreadNotices(): number {
  const me = useMyId()
  const count = useCallback(
    (from: Store) => {
      const mark = from.get('inbox', me)?.read_id ?? 0
      return from.all('notice').filter((notice) => notice.id > mark).length
    },
    [me],
  )
  return useSelector(['notice', 'inbox'], count)
}

export function useReadUpTo(): Id {
  return useEntity('inbox', useMyId())?.read_id ?? 0
}

/** Everything that is here has been seen. The mark moves at once and again when the server says so. */
export async function markRead(me: Id, upTo: Id): Promise<void> {
  const answer = await api.put('/notifications/read', { up_to: upTo })
  applyAnswer(answer.seq, [putChange('inbox', me, { read_id: upTo })])
}

export function useOlderNotices() {
  return useInfiniteQuery({
    queryKey: ['notices', store.generation],
    queryFn: async ({ pageParam, signal }) => {
      const query = { cursor: pageParam || undefined, limit: 30 }
      const answer = await api.get<List<Notice>>('/notifications', { query, signal })
      applyList('notice', answer)
      return answer.data.next
    },
    initialPageParam: '',
    getNextPageParam: (next) => next,
    retry: false,
  })
}

export interface Bundle {
  key: string
  /** The newest one stands for all. */
  first: Notice
  count: number
}

/** Neighbours of one kind about one place stand as one row. Pure. */
export function bundled(notices: readonly Notice[]): Bundle[] {
  const bundles: Bundle[] = []
  for (const notice of notices) {
    const place = notice.within ?? notice.about
    const key = `${notice.kind} ${place.kind} ${place.id}`
    const last = bundles.at(-1)
    if (last?.key.startsWith(`${key} `)) last.count += 1
    else bundles.push({ key: `${key} ${notice.id}`, first: notice, count: 1 })
  }
  return bundles
}
