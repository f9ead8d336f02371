// What I may do with a record from its card: only that is offered. What takes more than a tap is asked in a dialog, or on its page.
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { CardView } from '../api/types'
import classes from '../cards/Card.module.css'
import { useT } from '../i18n/i18n'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { CallQuestion } from './contacting/CallQuestion'
import { dialled } from './contacting/calls'
import { addressOfRecord, fieldOf, fieldsOf, useWords } from './kinds'
import { fetchRecord } from './rows'
import { MoveDialog } from './stages/MoveDialog'
import { STAGE } from './stages/moves'
import { telephone } from './values'
import type { Field, RecordKind, RecordRow } from './wire'

const SendCard = lazy(() => import('../cards/SendCard'))

interface Props {
  card: CardView
  kind: RecordKind
}

export function CardActs({ card, kind }: Props) {
  const t = useT()
  const [moving, setMoving] = useState<{ row: RecordRow; field: Field } | null>(null)
  const [isSending, setSending] = useState(false)
  const move = async (field: Field): Promise<void> => {
    try {
      const row = await fetchRecord(card.kind, card.id)
      if (row) setMoving({ row, field })
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  return (
    <>
      <div className={classes.acts} role="group" aria-label={t('crm.acts_on', { title: card.title })}>
        {card.buttons.map((name) => (
          <Act key={name} name={name} card={card} kind={kind} onMove={move} />
        ))}
        <button type="button" className={classes.act} onClick={() => setSending(true)}>
          {t('cards.forward')}
        </button>
      </div>
      <CallQuestion about={card} />
      {isSending && (
        <Suspense>
          <SendCard about={{ kind: card.kind, id: card.id }} onClose={() => setSending(false)} />
        </Suspense>
      )}
      {moving && <MoveDialog kind={kind} row={moving.row} field={moving.field} onClose={() => setMoving(null)} />}
    </>
  )
}

function Act({ name, card, kind, onMove }: Props & { name: string; onMove: (field: Field) => Promise<void> }) {
  const t = useT()
  const words = useWords()
  if (name === 'call') {
    const field = fieldsOf(kind, kind.shown).find((one) => one.type === 'phone' && typeof card.shown[one.name] === 'string')
    if (!field) return null
    const number = String(card.shown[field.name])
    return (
      <a className={classes.act} href={telephone(number)} onClick={() => dialled(card, field.name, number)}>
        {t('contacting.call')}
      </a>
    )
  }
  if (name === 'followup') {
    return (
      <Link className={classes.act} href={`${addressOfRecord(card.kind, card.id)}?part=followups`}>
        {t('crm.follow_up')}
      </Link>
    )
  }
  const movable = name === STAGE ? [fieldOf(kind, STAGE)] : kind.fields.filter((one) => one.by_act)
  return movable.map((field) =>
    field ? (
      <button key={field.name} type="button" className={classes.act} onClick={() => void onMove(field)}>
        {t('stages.change', { name: words(field.words) })}
      </button>
    ) : null,
  )
}
