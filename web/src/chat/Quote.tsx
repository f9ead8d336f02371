// The message that another one answers: as far as I may see it, even when it is not loaded here.
import type { Id } from '../api/types'
import classes from '../cards/Card.module.css'
import { useCard } from '../cards/useCard'
import { useT } from '../i18n/i18n'
import { useEntity } from '../live/hooks'
import { usePerson } from '../live/directory'
import { filesLine } from '../files/words'
import { plainLine } from '../ui/plain'
import { navigate } from 'wouter/use-browser-location'

export function Quote({ id, plain = false }: { id: Id; plain?: boolean }) {
  const message = useEntity('message', id)
  return message ? (
    <Words
      author={message.author_id}
      text={plainLine(message.text, 160) || filesLine(message.files)}
      to={plain ? null : `/chat/${message.conversation_id}?at=${message.number}`}
    />
  ) : (
    <Fetched id={id} plain={plain} />
  )
}

function Fetched({ id, plain }: { id: Id; plain: boolean }) {
  const t = useT()
  const card = useCard('message', id)
  if (!card || card === 'failed') return <span className={classes.quote} aria-hidden />
  if (card.restricted) return <span className={classes.quote}>{t('cards.restricted')}</span>
  const to = plain || !card.within ? null : `/chat/${card.within.id}?at=${card.number}`
  return <Words author={card.person_id ?? null} text={plainLine(card.title, 160)} to={to} />
}

function Words({ author, text, to }: { author: Id | null; text: string; to: string | null }) {
  const t = useT()
  const person = usePerson(author)
  const inside = (
    <span className={classes.quoted}>
      <span className={classes.speaker}>{person?.name ?? '…'}</span> {text || t('cards.line')}
    </span>
  )
  if (!to) return <span className={classes.quote}>{inside}</span>
  return (
    <button type="button" className={classes.quote} onClick={() => navigate(to)}>
      {inside}
    </button>
  )
}
