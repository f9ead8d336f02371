// A board: what each column comes to, and its cards page by page. Both are asked for again when something in the lists of the kind moved.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { api } from '../../api/client'
import type { Board } from '../../api/generated'
import { useBootstrap, useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { store } from '../../live/store'
import { useWatch } from '../../live/watch'
import { applyRows } from '../rows'
import type { Condition, RecordKind, RecordList } from '../wire'

const PAGE = 20
const CALM = 1_000 // milliseconds between two looks

export type Asked = Record<string, string | undefined>

/** Rises when lists of the kind moved, at most once a second. */
export function useMoved(kind: RecordKind): string {
  useWatch('records', kind.number)
  const moved = useEntity('record_list', kind.number)?.moved ?? ''
  const [calm, setCalm] = useState(moved)
  useEffect(() => {
    if (moved === calm) return
    const timer = setTimeout(() => setCalm(moved), CALM)
    return () => clearTimeout(timer)
  }, [moved, calm])
  return calm
}

export function useBoard(kind: RecordKind, by: string, asked: Asked, moved: string) {
  const me = useMyId()
  useBootstrap() // a reset forgets the rows
  return useQuery({
    queryKey: ['records', me, kind.kind, 'board', by, asked, moved, store.generation],
    queryFn: async ({ signal }) => {
      const { view, filter, q } = asked
      return (await api.get<Board>(`/records/${kind.kind}/board`, { query: { by, view, filter, q }, signal })).data
    },
    placeholderData: (before) => before,
    staleTime: 0,
    retry: false,
  })
}

/** The list, narrowed to a column. */
function narrowed(asked: Asked, by: string, code: string | null): string {
  const given = JSON.parse(asked.filter ?? '[]') as Condition[]
  return JSON.stringify([...given, code === null ? [by, 'empty', null] : [by, 'in', [code]]])
}

export function useColumn(kind: RecordKind, by: string, code: string | null, asked: Asked, moved: string) {
  const me = useMyId()
  const filter = narrowed(asked, by, code)
  const found = useInfiniteQuery({
    queryKey: ['records', me, kind.kind, 'column', asked, filter, store.generation],
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<RecordList>(`/records/${kind.kind}`, { query: { ...asked, filter, cursor: pageParam, limit: PAGE }, signal })
      applyRows(answer.seq, answer.data.items, answer.data.also)
      return { ids: answer.data.items.map((row) => row.id), next: answer.data.next }
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    retry: 1,
  })
  const { refetch } = found
  const [seen, setSeen] = useState(moved)
  useEffect(() => {
    if (seen === moved) return
    setSeen(moved)
    void refetch()
  }, [seen, moved, refetch])
  const ids = useMemo(() => [...new Set(found.data?.pages.flatMap((page) => page.ids) ?? [])], [found.data])
  return { ...found, ids }
}
