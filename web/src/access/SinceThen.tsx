// What a card showed when it was sent and what it shows now, as far as I see it (N3).
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import type * as S from '../api/generated'
import type { CardView, Change } from '../api/types'
import { FieldValue } from '../crm/FieldValue'
import { fieldOf, useWords } from '../crm/kinds'
import type { RecordKind, Value } from '../crm/wire'
import { useT } from '../i18n/i18n'
import { applyAnswer } from '../live/answers'
import classes from './Access.module.css'

const MOST = 3
export type CardChanges = Omit<S.CardChanges, 'also'> & { also?: Change[] }

/** Undefined while it is not known; `known: false` where what the card showed was not kept. */
export function useSince(card: CardView, since: number | undefined): CardChanges | undefined {
  const found = useQuery({
    enabled: since !== undefined && card.version > since,
    queryKey: ['card-changes', card.kind, card.id, since, card.version],
    queryFn: async ({ signal }) => {
      const answer = await api.get<CardChanges>(`/records/${card.kind}/${card.id}/changes/${since}`, { signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return found.data
}

export function SinceThen({ kind, changes }: { kind: RecordKind; changes: CardChanges }) {
  const t = useT()
  const words = useWords()
  const known = changes.items.flatMap((one) => {
    const field = fieldOf(kind, one.field)
    return field ? [{ field, from: one.from as Value, to: one.to as Value }] : []
  })
  if (known.length === 0) return null
  return (
    <span className={classes.since} role="group" aria-label={t('access.was')} data-since>
      {known.slice(0, MOST).map(({ field, from, to }) => (
        <span key={field.name} className={classes.change} data-field={field.name}>
          <span className={classes.name}>{words(field.words)}</span>
          <span className={classes.old}>
            <FieldValue field={field} value={from} plain />
          </span>
          <IconArrowRight size={14} aria-label={t('access.becomes')} />
          <FieldValue field={field} value={to} plain />
        </span>
      ))}
      {known.length > MOST && <span className={classes.name}>{t('access.more_changes', { count: known.length - MOST })}</span>}
    </span>
  )
}
