// A list of records: ids page by page, rows in the store. What moves meanwhile changes in its place; a new order waits until it is asked for.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../api/client'
import type { Id } from '../../api/types'
import { useBootstrap, useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { readied } from '../../live/socket'
import { store } from '../../live/store'
import { useWatch } from '../../live/watch'
import { applyRows } from '../rows'
import type { RecordKind, RecordList, Total } from '../wire'

const PAGE = 50
const CALM = 1_000 // milliseconds between two looks
const MOST_PAGES = 3 // are looked at again; what is further down is asked for when it is scrolled to

interface Page {
  ids: Id[]
  next: string | null
  total: Total | null
}

async function fetchPage(path: string, query: Record<string, string | undefined>, cursor: string, signal?: AbortSignal): Promise<Page> {
  const answer = await api.get<RecordList>(path, { query: { ...query, cursor, limit: PAGE }, ...(signal && { signal }) })
  const { items, also, next, total } = answer.data
  applyRows(answer.seq, items, also)
  return { ids: items.map((row) => row.id), next, total }
}

export function useRecords(kind: RecordKind, query: Record<string, string | undefined>) {
  const me = useMyId()
  const queries = useQueryClient()
  const path = `/records/${kind.kind}`
  useBootstrap() // a reset forgot the rows: they are fetched again
  const { generation } = store
  const key = useMemo(() => ['records', me, kind.kind, query, generation], [me, kind.kind, query, generation])
  const found = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(path, query, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: 1,
  })
  const pages = found.data?.pages
  const ids = useMemo(() => [...new Set(pages?.flatMap((page) => page.ids) ?? [])], [pages])
  const [fresh, setFresh] = useState<{ ids: Id[]; total: Total | null } | null>(null)

  const look = useCallback(async () => {
    const now = queries.getQueryData<{ pages: Page[] }>(key)
    if (!now || now.pages.length === 0) return
    const again: Page[] = []
    try {
      for (let cursor: string | null = ''; cursor !== null && again.length < Math.min(now.pages.length, MOST_PAGES); ) {
        const page: Page = await fetchPage(path, query, cursor)
        again.push(page)
        cursor = page.next
      }
    } catch {
      return // the next tick, or coming back on line, looks again
    }
    const seen = again.flatMap((page) => page.ids)
    const shown = now.pages.slice(0, again.length).flatMap((page) => page.ids)
    setFresh(seen.join() === shown.join() ? null : { ids: seen, total: again[0]?.total ?? null })
  }, [key, path, query, queries])
  useLooking(kind.number, look)
  useEffect(() => setFresh(null), [pages])

  return {
    ids,
    total: pages?.[0]?.total ?? null,
    isPending: found.isPending,
    error: found.error,
    isFetchingMore: found.isFetchingNextPage,
    more: useCallback(() => {
      if (found.hasNextPage && !found.isFetchingNextPage && !found.isFetchNextPageError) void found.fetchNextPage()
    }, [found]),
    again: () => void found.refetch(),
    /** There is another order, or there are others. */
    hasMoved: fresh !== null,
    refresh: async () => {
      await queries.resetQueries({ queryKey: key, exact: true })
      setFresh(null)
    },
  }
}

/** Looks again when lists of the kind moved, at most once a second, and after the line was broken. */
function useLooking(number: Id, look: () => Promise<void>): void {
  useWatch('records', number)
  const moved = useEntity('record_list', number)?.moved
  const first = useRef(moved)
  const last = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const now = useRef(look)
  now.current = look
  const soon = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(
      () => {
        last.current = Date.now()
        void now.current()
      },
      Math.max(0, last.current + CALM - Date.now()),
    )
  }, [])
  useEffect(() => {
    if (moved !== first.current) soon()
    first.current = moved
  }, [moved, soon])
  useEffect(() => readied.on(soon), [soon])
  useEffect(() => () => clearTimeout(timer.current), [])
}
