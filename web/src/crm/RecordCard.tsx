// A record as a card in a post or message: icon and words of its kind, a few fields, kept current while it stands on the screen.
import { useEffect } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { SinceThen, useSince } from '../access/SinceThen'
import type { CardView } from '../api/types'
import classes from '../cards/Card.module.css'
import { wantCard } from '../cards/known'
import { useT } from '../i18n/i18n'
import { useEntity } from '../live/hooks'
import { usePerson } from '../live/directory'
import { useWatch } from '../live/watch'
import { CardActs } from './CardActs'
import { FieldValue } from './FieldValue'
import { iconOf } from './icons'
import { addressOfRecord, fieldsOf, useKind, useWords } from './kinds'
import { isEmpty } from './values'
import type { Value } from './wire'

interface Props {
  card: CardView
  since?: number | undefined
}

const MOST = 4

export default function RecordCard({ card, since }: Props) {
  const t = useT()
  const words = useWords()
  const kind = useKind(card.kind)
  const owner = usePerson(card.person_id)
  const tick = useEntity(`record/${card.kind}`, card.id)
  useWatch(card.kind, card.id)
  const isOld = tick !== undefined && (tick.gone || tick.version > card.version)
  useEffect(() => {
    if (isOld) wantCard({ kind: card.kind, id: card.id })
  }, [isOld, tick, card.kind, card.id])
  const changes = useSince(card, since)
  const isChanged = since !== undefined && card.version > since && changes !== undefined && (!changes.known || changes.items.length > 0)
  const Icon = iconOf(kind?.icon ?? '')
  const values = card.shown as Record<string, Value>
  const fields = kind ? fieldsOf(kind, kind.shown).filter((field) => !isEmpty(values[field.name])).slice(0, MOST) : []
  if (!kind) {
    return (
      <div className={classes.card} data-card={card.kind}>
        <Icon size={20} stroke={1.7} className={classes.icon} aria-hidden />
        <span className={classes.words}>
          <span className={classes.kind}>{t('cards.thing')}</span>
          <span className={classes.title}>{card.title}</span>
        </span>
      </div>
    )
  }
  const inside = (
    <button type="button" className={classes.card} data-card={card.kind} onClick={() => navigate(addressOfRecord(card.kind, card.id))}>
      <Icon size={20} stroke={1.7} className={classes.icon} aria-hidden />
      <span className={classes.words}>
        <span className={classes.kind}>
          {words(kind.words)}
          {card.state === 'pooled' && <span className={classes.changed}>{t('pools.pool')}</span>}
          {card.state === 'voided' && <span className={classes.changed}>{t('crm.voided')}</span>}
          {isChanged && <span className={classes.changed}>{t('cards.changed')}</span>}
        </span>
        <span className={classes.title}>{card.title}</span>
        {fields.length > 0 && (
          <span className={classes.summary}>
            {fields.map((field) => (
              <span key={field.name} className={classes.fact}>
                <FieldValue field={field} value={values[field.name]} plain />
              </span>
            ))}
          </span>
        )}
        {changes && <SinceThen kind={kind} changes={changes} />}
        <span className={classes.below}>
          <span className={classes.who}>{[card.subtitle, owner?.name].filter(Boolean).join(' · ')}</span>
        </span>
      </span>
    </button>
  )
  if (since === undefined || card.buttons.length === 0) return inside
  return (
    <div className={classes.acted}>
      {inside}
      <CardActs card={card} kind={kind} />
    </div>
  )
}
