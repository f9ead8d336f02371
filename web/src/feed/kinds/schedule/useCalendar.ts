// What lies on the days that are shown, asked anew when an item of mine moves, comes or goes.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { OccurrenceView } from '../../../api/generated'
import { useSelector } from '../../../live/hooks'
import { type Store, store } from '../../../live/store'
import { calendarOf, scheduleOf } from './acts'
import type { Day } from './days'

/** Changes whenever what the server would answer may have. */
function stampOf(from: Store): string {
  return from
    .posts()
    .flatMap((post) => {
      const view = scheduleOf(post)
      return view ? [`${post.id}.${view.sequence}.${from.get('invitation', post.id)?.answer ?? ''}`] : []
    })
    .join()
}

export interface Calendar {
  items: readonly OccurrenceView[]
  isPending: boolean
  error: unknown
}

export function useCalendar(since: Day, until: Day): Calendar {
  const stamp = useSelector(['post', 'invitation'], stampOf)
  const asked = useRef(stamp)
  const found = useQuery({
    queryKey: ['schedule', since, until, store.generation],
    queryFn: async ({ signal }) => {
      const items = await calendarOf(since, until, signal)
      asked.current = stampOf(store)
      return items
    },
    placeholderData: keepPreviousData,
  })
  const { refetch, isSuccess, isFetching } = found
  useEffect(() => {
    if (isSuccess && !isFetching && stamp !== asked.current) {
      asked.current = stamp
      void refetch()
    }
  }, [stamp, isSuccess, isFetching, refetch])
  // What was deleted meanwhile is gone at once.
  const items = (found.data ?? []).filter((one) => store.get('post', one.post_id))
  return { items, isPending: found.isPending, error: found.error }
}
