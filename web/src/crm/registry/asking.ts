// Asking the registry: candidates while a name is typed, what it says of one of them, what is kept with a record.
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import { applyAnswer } from '../../live/answers'
import type { RecordList, RecordRow } from '../wire'
import type { Candidates, Registered, Registration, RegistryState } from './wire'

const WAIT = 300
export const LEAST = 2

export function useRegistryState() {
  return useQuery({
    queryKey: ['registry'],
    queryFn: async ({ signal }) => (await api.get<RegistryState>('/registry', { signal })).data,
    staleTime: 60_000,
  })
}

/** Nothing is asked for less than two letters, nor while it is off. */
export function useCandidates(typed: string, isOn: boolean) {
  const [q] = useDebouncedValue(typed.trim(), WAIT)
  const isAsking = isOn && q.length >= LEAST
  const found = useQuery({
    enabled: isAsking,
    queryKey: ['registry-candidates', q],
    queryFn: async ({ signal }) => (await api.get<Candidates>('/registry/candidates', { query: { q }, signal })).data,
    staleTime: 300_000,
    retry: false,
  })
  return { found: isAsking ? found.data : undefined, busy: isAsking && found.isFetching, failed: isAsking && found.isError }
}

/** Records that are here already under such a name: before the registry's. */
export function useSameName(kind: string, typed: string, isOn: boolean): RecordRow[] {
  const [q] = useDebouncedValue(typed.trim(), WAIT)
  const isAsking = isOn && q.length >= LEAST
  const found = useQuery({
    enabled: isAsking,
    queryKey: ['record-same-name', kind, q],
    queryFn: async ({ signal }) => (await api.get<RecordList>(`/records/${kind}`, { query: { q, limit: 3 }, signal })).data.items,
    staleTime: 10_000,
    retry: false,
  })
  return isAsking ? (found.data ?? []) : []
}

export async function registrationOf(provider: string, ref: string): Promise<Registration> {
  return (await api.get<Registration>('/registry/company', { query: { provider, ref } })).data
}

export function keptPath(kind: string, id: number): string {
  return `/records/${kind}/${id}/registration`
}

export async function keepRegistration(kind: string, id: number, provider: string, ref: string): Promise<Registered> {
  const answer = await api.put<Registered>(keptPath(kind, id), { provider, ref })
  applyAnswer(answer.seq, answer.data.also ?? [])
  return answer.data
}

export function useKept(kind: string, id: number, stamp: number) {
  return useQuery({
    queryKey: ['registration', kind, id, stamp],
    queryFn: async ({ signal }) => {
      const answer = await api.get<Registered>(keptPath(kind, id), { signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data.registration
    },
    placeholderData: (before) => before,
    staleTime: 0,
    retry: false,
  })
}
