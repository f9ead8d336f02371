// What is like the value that is being typed into a field: asked once it rests, and but once for all who show something of it.
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { Id } from '../../api/types'
import { applyAnswer } from '../../live/answers'
import { isLink } from '../values'
import type { Field, RecordKind, Value } from '../wire'
import { askedValue, linkOf } from './likes'
import type { Like, Likes } from './wire'

const WAIT = 800
const NONE: readonly Like[] = []

export interface Asked {
  kind: RecordKind
  field: Field
  values: Readonly<Record<string, Value>>
  /** The record that is being changed. */
  beside?: Id
}

/** Empty until it is known, and for fields that nothing is recognised by. */
export function useLikes({ kind, field, values, beside }: Asked): readonly Like[] {
  const now = askedValue(field, values[field.name])
  const [settled] = useDebouncedValue(now, WAIT)
  const link = linkOf(kind)
  const above = link ? values[link] : null
  const found = useQuery({
    enabled: Boolean(field.duplicates) && settled !== null && settled === now,
    queryKey: ['likes', kind.kind, field.name, settled, beside ?? 0, isLink(above) ? above.id : 0],
    queryFn: async () => {
      const fields = { [field.name]: settled, ...(link && isLink(above) ? { [link]: above.id } : {}) }
      const { seq, data } = await api.put<Likes>(`/records/${kind.kind}/duplicates`, beside ? { fields, except: beside } : { fields })
      applyAnswer(seq, data.also)
      return data.items
    },
    staleTime: 300_000,
    retry: false,
  })
  return (settled !== null && settled === now ? found.data : undefined) ?? NONE
}
