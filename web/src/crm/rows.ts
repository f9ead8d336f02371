// Rows as I may see them, in the entity store under `row/KIND` (only the client's own name: pushed is `record/KIND`, which says that there is
// something newer). Lists, pages and links show the same row.
import { useCallback } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Change, Id } from '../api/types'
import { applyAnswer } from '../live/answers'
import { useEntity } from '../live/hooks'
import { store } from '../live/store'
import type { RecordItem, RecordRow } from './wire'

export function applyRows(seq: number, rows: readonly RecordRow[], also: readonly Change[] = []): void {
  applyAnswer(seq, [...rows.map((row): Change => ({ op: 'put', kind: `row/${row.kind}`, id: row.id, data: row })), ...also])
}

export function useRow(kind: string, id: Id | null): RecordRow | undefined {
  return useEntity(`row/${kind}`, id)
}

export function rowNow(kind: string, id: Id): RecordRow | undefined {
  return store.get(`row/${kind}`, id)
}

/** Puts the answer of an act on a record into the store. */
export function applyRecord(answer: { seq: number; data: RecordItem }): RecordRow {
  applyRows(answer.seq, [answer.data.item], answer.data.also)
  return answer.data.item
}

/** What I may no longer see is forgotten; what was merged into another is that one. */
export async function fetchRecord(kind: string, id: Id, signal?: AbortSignal): Promise<RecordRow | null> {
  try {
    const row = applyRecord(await api.get<RecordItem>(`/records/${kind}/${id}`, signal ? { signal } : {}))
    if (row.id !== id) forgetRecord(kind, id)
    return row
  } catch (error) {
    if (asProblem(error).status !== 404) throw error
    forgetRecord(kind, id)
    return null
  }
}

export function forgetRecord(kind: string, id: Id): void {
  store.apply(store.seqOf(`row/${kind}`, id), [{ op: 'drop', kind: `row/${kind}`, id }])
}

/** Something in the row that is not numbered by the record itself: my star. */
export function useAmend(kind: string, id: Id): (change: Partial<RecordRow>, seq: number) => void {
  return useCallback(
    (change, seq) => {
      const row = rowNow(kind, id)
      if (row) applyRows(Math.max(seq, store.seqOf(`row/${kind}`, id)), [{ ...row, ...change }])
    },
    [kind, id],
  )
}
