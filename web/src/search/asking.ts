// The searches behind the palette: one for people, one for groups, one for what was written, each within my rights.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import type { Hit, List } from '../api/types'
import { useKinds } from '../crm/kinds'
import { applyAnswer } from '../live/answers'

export interface Filters {
  kind: '' | 'post' | 'comment' | 'message' | 'file'
  from: number | null
  after: string
  before: string
  sort: 'newest' | 'best'
}
export const noFilters: Filters = { kind: '', from: null, after: '', before: '', sort: 'newest' }

export function isFiltered({ from, after, before, sort }: Filters): boolean {
  return from !== null || after !== '' || before !== '' || sort !== 'newest'
}

async function ask(query: Record<string, string | number | undefined>, signal: AbortSignal): Promise<List<Hit>> {
  const answer = await api.get<List<Hit>>('/search', { query, signal })
  applyAnswer(answer.seq, answer.data.also ?? [])
  return answer.data
}

/** People or groups by name; nothing while nothing is typed. */
export function useNamed(kind: 'person' | 'conversation', q: string, limit: number): Hit[] {
  const { data } = useQuery({
    queryKey: ['search', kind, q, limit],
    queryFn: ({ signal }) => ask({ q, kind, limit }, signal),
    enabled: q !== '',
    placeholderData: (before) => before,
    retry: false,
  })
  return q === '' ? [] : (data?.items ?? [])
}

/** Records of every kind that I may see, by title, spelling or number; nothing while nothing is typed. */
export function useRecordsNamed(q: string, limit: number): Hit[] {
  const kinds = (useKinds().data ?? []).map((one) => one.kind)
  const { data } = useQuery({
    queryKey: ['search', 'records', kinds, q, limit],
    queryFn: async ({ signal }) => (await Promise.all(kinds.map((kind) => ask({ q, kind, limit }, signal)))).flatMap((found) => found.items),
    enabled: q !== '' && kinds.length > 0,
    placeholderData: (before) => before,
    retry: false,
  })
  return q === '' ? [] : (data ?? [])
}

/** Posts and messages, page by page. */
export function useWritten(q: string, filters: Filters) {
  const { kind, from, after, before, sort } = filters
  return useInfiniteQuery({
    queryKey: ['search', 'written', q, filters],
    queryFn: ({ signal, pageParam }) =>
      ask(
        {
          q,
          kind: kind || undefined,
          from: from ?? undefined,
          after: after || undefined,
          before: before || undefined,
          sort,
          cursor: pageParam || undefined,
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: q !== '' || from !== null,
    retry: false,
  })
}
