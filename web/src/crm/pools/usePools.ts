// The pools in which I am (all of them where I keep them); asked for again when the lists that I am offered change.
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { PoolView } from '../../api/generated'
import type { Id, List } from '../../api/types'
import { useCan, useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'

export const POOL = 'pool'

export function usePools() {
  const me = useMyId()
  const enabled = useCan('records.read')
  const version = useEntity('record_kinds', 1)?.version ?? 0
  return useQuery({
    enabled,
    queryKey: ['pools', me, version],
    queryFn: async ({ signal }) => (await api.get<List<PoolView>>('/pools', { signal })).data.items,
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
}

/** Those in use that hold this kind and that I am in. */
export function useMyPools(kind: string): PoolView[] {
  return (usePools().data ?? []).filter((one) => one.kind === kind && one.role && !one.retired)
}

/** Undefined: not one of mine. */
export function usePoolName(id: Id | null): string | undefined {
  return usePools().data?.find((one) => one.id === id)?.name
}
