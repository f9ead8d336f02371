// What counts as a follow-up: how much it says at least (M49). The same letters are counted as on the server.
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { FollowupRuleView } from '../../api/generated'

export const LEAST = 2
export const RULE = ['followup-rule'] as const

/** The company's own rule; two letters until it is known. */
export function useLeast(): number {
  const found = useQuery({
    queryKey: RULE,
    queryFn: async ({ signal }) => (await api.get<FollowupRuleView>('/followup-rule', { signal })).data,
    staleTime: 60_000,
  })
  return found.data?.least ?? LEAST
}

/** Letters and digits alone: dots and blanks say nothing. */
export function letters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}
