// Requests to join, as the store holds them for who may decide: live through join.asked and join.decided.
import type { Id, JoinRequest } from '../api/types'
import { useCan } from '../live/bootstrap'
import { useSelector } from '../live/hooks'
import type { store } from '../live/store'
import { api } from '../api/client'
import { applyAnswer, putChange } from '../live/answers'

const newestFirst = (a: JoinRequest, b: JoinRequest): number => b.id - a.id
const pending = (from: typeof store): JoinRequest[] =>
  from.all('join_request').filter((one) => one.state === 'pending').sort(newestFirst)
const decided = (from: typeof store): JoinRequest[] =>
  from.all('join_request').filter((one) => one.state !== 'pending').sort(newestFirst)
const none = (): JoinRequest[] => []

/** What waits for me; nothing for who may not decide. */
export function usePendingRequests(): JoinRequest[] {
  const may = useCan('people.admit')
  return useSelector(['join_request'], may ? pending : none)
}

export function useDecidedRequests(): JoinRequest[] {
  return useSelector(['join_request'], decided)
}

export async function decide(id: Id, decision: object): Promise<void> {
  const answer = await api.put<JoinRequest>(`/join-requests/${id}/decision`, decision)
  applyAnswer(answer.seq, [putChange('join_request', id, answer.data)])
}
