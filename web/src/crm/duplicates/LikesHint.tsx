// While a name or number is typed: something like it may be there already. Quiet, and silent when I asked too often today.
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { isLink } from '../values'
import type { Field, RecordKind, Value } from '../wire'
import classes from './Duplicates.module.css'
import { LikeLine } from './LikeLine'
import { askedValue, linkOf } from './likes'
import type { Likes } from './wire'

const WAIT = 800
const FEW = 3

interface Props {
  kind: RecordKind
  field: Field
  values: Readonly<Record<string, Value>>
  /** The record that is being changed. */
  beside?: Id
}

export function LikesHint({ kind, field, values, beside }: Props) {
  const t = useT()
  const now = askedValue(field, values[field.name])
  const [settled] = useDebouncedValue(now, WAIT)
  const link = linkOf(kind)
  const above = link ? values[link] : null
  const found = useQuery({
    enabled: settled !== null && settled === now,
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
  const likes = settled !== null && settled === now ? (found.data ?? []) : []
  if (likes.length === 0) return null
  return (
    <div className={classes.hint} role="status" data-hint={field.name}>
      <span className={classes.says}>{t(likes.some((one) => one.strength === 'hard') ? 'duplicates.taken' : 'duplicates.maybe')}</span>
      {likes.slice(0, FEW).map((one, at) => (
        <LikeLine key={one.record?.id ?? `closed ${at}`} like={one} />
      ))}
    </div>
  )
}
