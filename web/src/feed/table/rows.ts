// The rows of a post's table: all of them once it is in view, then live. After a gap in the line, or where the count says that
// something passed us by, they are read again.
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { api } from '../../api/client'
import type { TableRowView } from '../../api/generated'
import type { Id, List } from '../../api/types'
import { applyList } from '../../live/answers'
import { useEntity, useSelector } from '../../live/hooks'
import { frames } from '../../live/socket'
import { type Store, store } from '../../live/store'
import { useWatch } from '../../live/watch'

const PAGE = 100
const PATIENCE = 1_000 // a row and the count may come one after the other

interface Read {
  ids: ReadonlySet<Id>
  last: Id
  seq: number
}

async function readAll(post: Id, signal: AbortSignal): Promise<Read> {
  const ids = new Set<Id>()
  let seq = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer: Awaited<ReturnType<typeof api.get<List<TableRowView>>>> = await api.get<List<TableRowView>>(`/posts/${post}/table/rows`, {
      query: { limit: PAGE, cursor },
      signal,
    })
    seq ||= answer.seq
    for (const id of applyList('table_row', answer)) ids.add(id)
    cursor = answer.data.next
  }
  return { ids, last: Math.max(0, ...ids), seq }
}

export interface Rows {
  rows: readonly TableRowView[]
  count: number
  error: unknown
  isPending: boolean
}

export function useRows(post: Id): Rows {
  useWatch('post', post)
  const read = useQuery({
    queryKey: ['table-rows', post, store.generation],
    queryFn: ({ signal }) => readAll(post, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { data, refetch } = read
  const select = useCallback(
    (from: Store) =>
      data
        ? from
            .all('table_row')
            .filter((row) => row.post_id === post && (data.ids.has(row.id) || row.id > data.last))
            .sort((a, b) => a.id - b.id)
        : [],
    [data, post],
  )
  const rows = useSelector(['table_row'], select)
  const count = useEntity('tally/table', post)?.rows ?? rows.length
  const differs = data !== undefined && count !== rows.length
  useEffect(() => {
    if (!differs) return
    const timer = setTimeout(() => void refetch(), PATIENCE)
    return () => clearTimeout(timer)
  }, [differs, count, rows.length, refetch])
  // A watch that begins tells from where on it hears; what lies between our look and that passed us by.
  useEffect(
    () =>
      frames.on((frame) => {
        if (frame.op !== 'watching' || frame.ref.kind !== 'post' || frame.ref.id !== post) return
        if (data && frame.seq > data.seq) void refetch()
      }),
    [data, post, refetch],
  )
  return { rows, count, error: read.error, isPending: read.isPending }
}
