// A message whose card not everybody in the conversation may read: let them, or send it as it is (CHAT-08, CHAT-10).
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useCard } from '../cards/useCard'
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { usePeople } from '../live/directory'
import { type MessageAct, outbox } from '../live/outbox'
import { plainLine } from '../ui/plain'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import classes from './Access.module.css'
import { type BlindCard, blindCards, letRead } from './acts'
import { Days, USUAL } from './Days'

export default function BlindQuestion({ act, onDiscard }: { act: MessageAct; onDiscard: () => void }) {
  const t = useT()
  const doing = useAct()
  const [days, setDays] = useState<number>(USUAL)
  const cards = blindCards(act.problem)
  const mine = cards.filter((one) => one.may_grant)
  const grant = (): void => {
    void doing.run(async () => {
      for (const card of mine) await letRead(card, { days, conversation: act.conversation })
      // What is not mine to give goes as it is.
      outbox.retry(act.client_id, mine.length < cards.length ? { anyway: true } : {})
    })
  }
  return (
    <div className={classes.question} role="alert" data-blind-question>
      {cards.map((one) => (
        <Blind key={`${one.kind}/${one.id}`} card={one} />
      ))}
      <p className={classes.note}>{t(mine.length > 0 ? 'access.anyway_text' : 'access.not_yours')}</p>
      {mine.length > 0 && (
        <div className={classes.grant}>
          <Days value={days} onChange={setDays} />
          <Button loading={doing.busy} onClick={grant}>
            {t('access.grant_and_send')}
          </Button>
        </div>
      )}
      <div className={classes.buttons}>
        <Button variant="default" disabled={doing.busy} onClick={() => outbox.retry(act.client_id, { anyway: true })}>
          {t('access.send_anyway')}
        </Button>
        <Button variant="subtle" c="var(--tf-alarm)" disabled={doing.busy} onClick={onDiscard}>
          {t('chat.discard')}
        </Button>
      </div>
      <ProblemText error={doing.error} />
    </div>
  )
}

function Blind({ card }: { card: BlindCard }) {
  const t = useT()
  const shown = useCard(card.kind, card.id)
  const names = listed(usePeople(card.people).map((one) => one.name))
  const title = typeof shown === 'object' ? plainLine(shown.title, 24) : '…'
  return <p>{t('access.blind', { title, count: card.blind, names: card.blind > card.people.length ? t('access.blind_more', { names }) : names })}</p>
}
