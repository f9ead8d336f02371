// A message of mine on its way, waiting, or refused; the last with its reason and what can be done.
import { Button } from '@mantine/core'
import { IconAlertCircle, IconClock } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Cards } from '../cards/Cards'
import { Attachments } from '../files/Attachments'
import { uploads } from '../files/uploads'
import { UploadTray } from '../files/UploadTray'
import { useSent } from '../files/useUploads'
import { whyNot } from '../files/words'
import { clock } from '../i18n/dates'
import { useT, withTexts } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { connection } from '../live/connection'
import { useSignal } from '../live/emitter'
import { type MessageAct, outbox } from '../live/outbox'
import { isSticker } from '../ui/markdown'
import { Markdown } from '../ui/Markdown'
import { Quote } from './Quote'
import classes from './Said.module.css'

const BlindQuestion = lazy(withTexts(() => import('../access/BlindQuestion')))

/** With what was to be sent along. */
function discard(act: MessageAct): void {
  outbox.discard(act.client_id)
  for (const key of act.uploads ?? []) uploads.cancel(key)
}

function reason(act: MessageAct): string {
  return act.problem ? whyNot(act.problem) : ''
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
  const going = useSent(act.files ? undefined : act.uploads)
  const still = going.filter((one) => one.state !== 'ready').length
  const waiting = held ? t('chat.held') : still > 0 ? t('files.waiting', { count: still }) : isOnline ? t('chat.sending') : t('chat.waiting')
  return (
    <article className={classes.said} data-mine data-leads={leads || undefined}>
      <div className={classes.body}>
        <header className={leads ? classes.head : 'tf-hidden'}>
          <span className="tf-hidden">{t('chat.i')}</span>
          <time dateTime={act.made_at}>{clock(act.made_at)}</time>
        </header>
        {act.text !== '' && (
          <div className={classes.bubble} data-bare={isSticker(act.text) || undefined} data-pending={!failed || undefined} data-failed={failed || undefined}>
            {act.reply_to !== null && <Quote id={act.reply_to} plain />}
            <Markdown text={act.text} me={me} />
          </div>
        )}
        <Attachments files={act.files} atEnd />
        <Cards cards={act.cards} />
        <UploadTray list={going} />
        {failed && act.problem?.code === 'recipients_lack_access' ? (
          <Suspense fallback={null}>
            <BlindQuestion act={act} onDiscard={() => discard(act)} />
          </Suspense>
        ) : failed ? (
          <div className={classes.state} data-failed role="alert">
            <IconAlertCircle size={16} aria-hidden />
            <span>{t('chat.failed', { reason: reason(act) })}</span>
            <Button variant="subtle" px="xs" onClick={() => outbox.retry(act.client_id)}>
              {t('ui.try_again')}
            </Button>
            <Button variant="subtle" c="var(--tf-alarm)" px="xs" onClick={() => discard(act)}>
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
