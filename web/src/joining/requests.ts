// Requests to join, as the store holds them for who may decide: live through join.asked and join.decided.
import { useEffect } from 'react'
import { api } from '../api/client'
import type { Id, JoinRequest, List } from '../api/types'
import { applyAnswer, applyList, putChange } from '../live/answers'
import { boot, useCan } from '../live/bootstrap'
import { useSelector } from '../live/hooks'
import { store } from '../live/store'

const newestFirst = (a: JoinRequest, b: JoinRequest): number => b.id - a.id
const pending = (from: typeof store): JoinRequest[] =>
  from.all('join_request').filter((one) => one.state === 'pending').sort(newestFirst)
const decided = (from: typeof store): JoinRequest[] =>
  from.all('join_request').filter((one) => one.state !== 'pending').sort(newestFirst)
const none = (): JoinRequest[] => []

let fetchedFor = -1
/** Who was given the right only now has a first state without what waits. */
async function fetchPending(): Promise<void> {
  if (fetchedFor === store.generation || boot.get()?.me.capabilities['people.admit']) return
  fetchedFor = store.generation
  const query = { state: 'pending', limit: 100 }
  await api
    .get<List<JoinRequest>>('/join-requests', { query })
    .then((answer) => applyList('join_request', answer))
    .catch(() => {
      fetchedFor = -1
    })
}

/** What waits for me; nothing for who may not decide. */
export function usePendingRequests(): JoinRequest[] {
  const may = useCan('people.admit')
  useEffect(() => {
    if (may) void fetchPending()
  }, [may])
  return useSelector(['join_request'], may ? pending : none)
}

export function useDecidedRequests(): JoinRequest[] {
  return useSelector(['join_request'], decided)
}

export async function decide(id: Id, decision: object): Promise<void> {
  const answer = await api.put<JoinRequest>(`/join-requests/${id}/decision`, decision)
  applyAnswer(answer.seq, [putChange('join_request', id, answer.data)])
}
