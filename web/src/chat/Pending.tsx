// Below a message of mine on its way: that it goes, waits, or was refused, with the reason and what can be done.
import { Button } from '@mantine/core'
import { IconAlertCircle, IconClock } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { uploads } from '../files/uploads'
import { UploadTray } from '../files/UploadTray'
import { useSent } from '../files/useUploads'
import { whyNot } from '../files/words'
import { useT, withTexts } from '../i18n/i18n'
import { connection } from '../live/connection'
import { useSignal } from '../live/emitter'
import { type MessageAct, outbox } from '../live/outbox'
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

export function Pending({ act }: { act: MessageAct }) {
  const t = useT()
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
    <>
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
    </>
  )
}
