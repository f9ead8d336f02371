// Devices, second factor, tokens and robots on the wire. None of it is live: it is fetched when looked at.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../api/client'
import type { BotView, DeviceView, ScopeView, SecondFactorView, TokenView } from '../api/generated'
import type { Id, List } from '../api/types'

/** A list page by page, whole in `items`. */
function usePages<T>(key: readonly unknown[], path: string) {
  const found = useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam, signal }) =>
      (await api.get<List<T>>(path, { query: { cursor: pageParam, limit: 50 }, signal })).data,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const items = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data])
  return { ...found, items }
}

export const useDevices = () => usePages<DeviceView>(['devices'], '/me/devices')
export const useBots = () => usePages<BotView>(['bots'], '/bots')

/** Whose tokens: a robot's, or mine. */
export const tokensPath = (bot: Id | null): string => (bot === null ? '/me/tokens' : `/bots/${bot}/tokens`)
export const useTokens = (bot: Id | null) => usePages<TokenView>(['tokens', bot], tokensPath(bot))

export function useScopes(bot: Id | null) {
  return useQuery({
    queryKey: ['token-scopes', bot],
    queryFn: async ({ signal }) =>
      (await api.get<List<ScopeView>>('/token-scopes', { query: { bot }, signal })).data.items.filter((one) => one.held),
  })
}

export function useSecondFactor() {
  return useQuery({
    queryKey: ['second-factor'],
    queryFn: async ({ signal }) => (await api.get<SecondFactorView>('/me/second-factor', { signal })).data,
  })
}

/** Fetches again what a change has made old. */
export function useRefetch() {
  const queries = useQueryClient()
  return (...keys: string[]) => Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })))
}
