// The rows of the receipts panel: pages of one column, fetched again (at most once a second) when the tally moves.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../../api/client'
import type { Id, ReceiptRow, ReceiptRows, ReceiptsTally } from '../../api/types'
import { applyAnswer, putChange } from '../../live/answers'

export type Column = 'unread' | 'read' | 'confirmed'
export const columns: readonly Column[] = ['unread', 'read', 'confirmed']
const PAGE = 100
const GAP = 1_000

export async function fetchRows(
  post: Id,
  column: Column | null,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ReceiptRows> {
  const query = { column, cursor, limit: PAGE }
  const { data, seq } = await api.get<ReceiptRows>(`/posts/${post}/receipts`, { query, ...(signal ? { signal } : {}) })
  // Following pages bring the same numbers again.
  const tally = cursor === null ? [putChange('tally/receipts', post, data.counts)] : []
  applyAnswer(seq, [...tally, ...(data.also ?? [])])
  return data
}

/** All rows of a column, whatever their number: for copying names. */
export async function fetchAll(post: Id, column: Column | null): Promise<ReceiptRow[]> {
  const found: ReceiptRow[] = []
  let cursor: string | null = null
  do {
    const page: ReceiptRows = await fetchRows(post, column, cursor)
    found.push(...page.items)
    cursor = page.next
  } while (cursor)
  return found
}

export function useColumn(post: Id, column: Column) {
  return useInfiniteQuery({
    queryKey: ['receipts', post, column],
    queryFn: ({ pageParam, signal }) => fetchRows(post, column, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
}

export function countOf(column: Column, { asked, done, read }: ReceiptsTally): number {
  if (column === 'confirmed') return done
  return column === 'read' ? read : Math.max(0, asked - done - read)
}

/** Fetches again when the numbers changed; the numbers of our own answers are no change. */
export function useFollow(post: Id, tally: ReceiptsTally | undefined): void {
  const queries = useQueryClient()
  const stamp = tally ? [tally.version, tally.asked, tally.done, tally.read, tally.withdrawn, tally.left].join() : ''
  const last = useRef({ stamp, at: Date.now() })
  useEffect(() => {
    if (!stamp || stamp === last.current.stamp) return
    const timer = setTimeout(
      () => {
        last.current = { stamp, at: Date.now() }
        void queries.invalidateQueries({ queryKey: ['receipts', post] })
      },
      Math.max(0, last.current.at + GAP - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [stamp, post, queries])
}
