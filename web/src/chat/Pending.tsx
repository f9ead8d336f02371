// A message of mine on its way, waiting, or refused; the last with its reason and what can be done.
import { Button } from '@mantine/core'
import { IconAlertCircle, IconClock } from '@tabler/icons-react'
import { ApiProblem } from '../api/problem'
import { clock } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { connection } from '../live/connection'
import { useSignal } from '../live/emitter'
import { type MessageAct, outbox } from '../live/outbox'
import { Markdown } from '../ui/Markdown'
import { fieldText, problemText } from '../ui/ProblemText'
import classes from './Said.module.css'

function reason(act: MessageAct): string {
  if (!act.problem) return ''
  const first = act.problem.errors?.[0]
  return first ? fieldText(first) : problemText(new ApiProblem(act.problem))
}

export function Pending({ act, leads }: { act: MessageAct; leads: boolean }) {
  const t = useT()
  const me = useMyId()
  const isOnline = useSignal(connection) === 'online'
  const acts = useSignal(outbox.acts)
  const failed = act.state === 'failed'
  const held = !failed && acts.some(
    (other) => other.kind === 'message' && other.conversation === act.conversation && other.state === 'failed',
  )
  const waiting = held ? t('chat.held') : isOnline ? t('chat.sending') : t('chat.waiting')
  return (
    <article className={classes.said} data-mine data-leads={leads || undefined}>
      <div className={classes.body}>
        <header className={leads ? classes.head : 'tf-hidden'}>
          <span className="tf-hidden">{t('chat.i')}</span>
          <time dateTime={act.made_at}>{clock(act.made_at)}</time>
        </header>
        <div className={classes.bubble} data-pending={!failed || undefined} data-failed={failed || undefined}>
          <Markdown text={act.text} me={me} />
        </div>
        {failed ? (
          <div className={classes.state} data-failed role="alert">
            <IconAlertCircle size={16} aria-hidden />
            <span>{t('chat.failed', { reason: reason(act) })}</span>
            <Button variant="subtle" px="xs" onClick={() => outbox.retry(act.client_id)}>
              {t('ui.try_again')}
            </Button>
            <Button variant="subtle" c="var(--tf-alarm)" px="xs" onClick={() => outbox.discard(act.client_id)}>
              {t('chat.discard')}
            </Button>
          </div>
        ) : (
          <span className={classes.state}>
            <IconClock size={14} aria-hidden />
            {waiting}
          </span>
        )}
      </div>
    </article>
  )
}
