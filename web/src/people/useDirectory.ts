// Colleagues found by words and department, page by page.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../api/client'
import type { Id, List, Person } from '../api/types'
import { applyList } from '../live/answers'

const PAGE = 50

export type PersonState = Person['state']

export function useDirectory(q: string, department: Id | null, state: PersonState | null = null) {
  const found = useInfiniteQuery({
    queryKey: ['directory', q, department, state],
    queryFn: async ({ pageParam, signal }) => {
      const query = { q, department, state, cursor: pageParam, limit: PAGE }
      const answer = await api.get<List<Person>>('/people', { query, signal })
      return { ids: applyList('person', answer), next: answer.data.next }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  })
  const ids = useMemo(() => [...new Set(found.data?.pages.flatMap((page) => page.ids) ?? [])], [found.data])
  return { ...found, ids }
}
