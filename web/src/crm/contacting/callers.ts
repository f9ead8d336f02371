// Who is calling: asked when a whole number stands in the search, not for its beginnings, since every question is counted.
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import { applyRows } from '../rows'
import type { RecordRow } from '../wire'
import { wholeNumber } from './number'
import type { Callers } from './wire'

const WAIT = 500

export function useCallers(typed: string): { rows: RecordRow[]; error: unknown } {
  const [settled] = useDebouncedValue(typed, WAIT)
  const number = settled === typed ? wholeNumber(typed) : null
  const found = useQuery({
    enabled: number !== null,
    queryKey: ['by-phone', number],
    queryFn: async () => {
      const { seq, data } = await api.put<Callers>('/record-callers', { phone: number ?? '' })
      applyRows(seq, data.items.map((one) => one.row), data.also)
      return data.items.map((one) => one.row)
    },
    staleTime: 60_000,
    retry: false,
  })
  return number === null ? { rows: [], error: null } : { rows: found.data ?? [], error: found.error }
}
