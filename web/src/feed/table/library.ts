// The prepared tables as they are now, in their order.
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { PreparedTableView } from '../../api/generated'
import type { List } from '../../api/types'
import { applyList } from '../../live/answers'
import { useSelector } from '../../live/hooks'
import { type Store, store } from '../../live/store'

/** Those that are offered first. */
function inOrder(from: Store): PreparedTableView[] {
  return from.all('prepared_table').sort((a, b) => Number(a.retired_at !== null) - Number(b.retired_at !== null) || a.place - b.place || a.id - b.id)
}

export interface Library {
  all: PreparedTableView[]
  offered: PreparedTableView[]
  error: unknown
  isPending: boolean
}

export function useLibrary(): Library {
  const { error, isPending } = useQuery({
    queryKey: ['prepared-tables', store.generation],
    queryFn: async ({ signal }) => applyList('prepared_table', await api.get<List<PreparedTableView>>('/tables', { signal })),
    staleTime: 0,
  })
  const all = useSelector(['prepared_table'], inOrder)
  return { all, offered: all.filter((one) => one.retired_at === null), error, isPending }
}
