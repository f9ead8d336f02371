// Whether this company can send mail: else links are handed over by hand.
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { ResetWay } from '../api/types'

export function useResetWay() {
  return useQuery({
    queryKey: ['reset-way'],
    queryFn: async ({ signal }) => (await api.get<ResetWay>('/password-resets', { signal, anonymous: true })).data,
    retry: (count, error) => asProblem(error).isPassing && count < 3,
    staleTime: 300_000,
  })
}

export function useByMail(): boolean {
  return useResetWay().data?.by_mail ?? false
}
