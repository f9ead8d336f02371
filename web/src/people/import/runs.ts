// Staff imports on the wire: upload, progress, rows, links.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../api/client'
import type { Id, ImportLinks, ImportRow, ImportRun, List } from '../../api/types'

export type Run = ImportRun & { created_at?: string }
export type Outcome = ImportRow['outcome']
export const outcomes: readonly Outcome[] = ['created', 'updated', 'unchanged', 'refused']

const OFTEN = 500

export function isUnderWay(run: Run): boolean {
  return run.state === 'queued' || run.state === 'running'
}

export async function upload(file: File, dryRun: boolean, departments: Run['departments'], key: string): Promise<Id> {
  const form = new FormData()
  form.append('file', file, file.name)
  const { data } = await api.post<{ id: Id }>('/people/imports', form, { query: { dry_run: dryRun, departments }, key, timeout: 60_000 })
  return data.id
}

export function useRun(id: Id | null) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: async ({ signal }) => (await api.get<Run>(`/people/imports/${id}`, { signal })).data,
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? OFTEN : false),
    retry: 3,
  })
}

export function useRecentRuns(enabled: boolean) {
  return useQuery({
    queryKey: ['imports'],
    queryFn: async ({ signal }) => (await api.get<List<Run>>('/people/imports', { query: { limit: 10 }, signal })).data.items,
    enabled,
    retry: false,
  })
}

export function useRows(id: Id, outcome: Outcome | null) {
  const found = useInfiniteQuery({
    queryKey: ['import', id, 'rows', outcome],
    queryFn: async ({ pageParam, signal }) => {
      const query = { outcome, cursor: pageParam, limit: 100 }
      return (await api.get<List<ImportRow>>(`/people/imports/${id}/rows`, { query, signal })).data
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data])
  return { ...found, rows }
}

export async function makeLinks(id: Id, wanted: { replace: boolean; mail: boolean }, key: string): Promise<ImportLinks> {
  return (await api.post<ImportLinks>(`/people/imports/${id}/links`, wanted, { key, timeout: 60_000 })).data
}
