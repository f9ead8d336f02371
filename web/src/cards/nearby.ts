// Records that are near without a word typed: those that I opened last, then my own that moved last. And the one of a number.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import type { CardView, Change, List, Ref } from '../api/types'
import { useKinds } from '../crm/kinds'
import type { RecordRow } from '../crm/wire'
import { applyAnswer } from '../live/answers'
import { useMyId } from '../live/bootstrap'
import type { Row } from '../search/rows'
import { keyOf } from './known'
import { openedRecords } from './opened'

const FEW = 5

async function cardsOf(refs: readonly Ref[], signal: AbortSignal): Promise<CardView[]> {
  if (refs.length === 0) return []
  const answer = await api.post<List<CardView>>('/cards', { refs }, { signal })
  applyAnswer(answer.seq, answer.data.also ?? [])
  return answer.data.items.filter((card) => !card.restricted)
}

/** Those that I may still read, in the order in which I opened them. */
export function useOpened(enabled: boolean): Row[] {
  const me = useMyId()
  const [refs] = useState(() => openedRecords(me))
  const { data } = useQuery({
    queryKey: ['opened-records', refs],
    queryFn: ({ signal }) => cardsOf(refs, signal),
    enabled: enabled && refs.length > 0,
    retry: false,
  })
  const known = new Map((data ?? []).map((card) => [keyOf(card), card]))
  return refs.flatMap((ref): Row[] => {
    const card = known.get(keyOf(ref))
    if (!card || card.state === 'voided') return []
    return [{ type: 'record', key: `r${keyOf(ref)}`, kind: ref.kind, id: ref.id, title: card.title, owner: card.person_id }]
  })
}

/** Of every kind the few of mine that changed last. */
export function useMine(enabled: boolean): Row[] {
  const kinds = (useKinds().data ?? []).map((one) => one.kind)
  const { data } = useQuery({
    queryKey: ['my-records', kinds],
    queryFn: async ({ signal }) => {
      const query = { view: 'mine', sort: '-updated_at', limit: FEW }
      const pages = await Promise.all(kinds.map((kind) => api.get<{ items: RecordRow[]; also?: Change[] }>(`/records/${kind}`, { query, signal })))
      for (const page of pages) applyAnswer(page.seq, page.data.also ?? [])
      return pages.flatMap((page) => page.data.items)
    },
    enabled: enabled && kinds.length > 0,
    retry: false,
  })
  return (data ?? []).map((row) => ({ type: 'record', key: `r${keyOf(row)}`, kind: row.kind, id: row.id, title: row.title, owner: row.owner ?? row.created_by }))
}

/** The record that a number such as K-000099 names, as far as I may read it. */
export function useOfNumber(number: string): Ref | null {
  const kinds = (useKinds().data ?? []).map((one) => one.kind)
  const id = Number(/\d+$/.exec(number)?.[0])
  const { data } = useQuery({
    queryKey: ['record-of-number', kinds, number],
    queryFn: ({ signal }) => cardsOf(kinds.map((kind) => ({ kind, id })), signal),
    enabled: id > 0 && kinds.length > 0,
    retry: false,
  })
  const found = data?.find((card) => card.subtitle === number)
  return found ? { kind: found.kind, id: found.id } : null
}
