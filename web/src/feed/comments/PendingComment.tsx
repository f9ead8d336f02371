// A comment of mine on its way, waiting, or refused; the last with its reason and what can be done.
import { Button } from '@mantine/core'
import { IconAlertCircle, IconClock } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Id } from '../../api/types'
import { Cards } from '../../cards/Cards'
import { Attachments } from '../../files/Attachments'
import { uploads } from '../../files/uploads'
import { UploadTray } from '../../files/UploadTray'
import { useSent } from '../../files/useUploads'
import { whyNot } from '../../files/words'
import { useT } from '../../i18n/i18n'
import { useMe } from '../../live/bootstrap'
import { connection } from '../../live/connection'
import { useSignal } from '../../live/emitter'
import { useSelector } from '../../live/hooks'
import { type CommentAct, outbox } from '../../live/outbox'
import type { Store } from '../../live/store'
import { Avatar } from '../../ui/Avatar'
import { Markdown } from '../../ui/Markdown'
import classes from './CommentRow.module.css'
import { Quote } from './Quote'

const writtenIds = (store: Store): string[] => store.all('comment').map((one) => one.client_id)

/** What the outbox still holds for a post, without what is here already: its event may be faster than the answer. */
export function useCommentActs(post: Id): readonly CommentAct[] {
  const acts = useSignal(outbox.acts)
  const mine = useMemo(() => acts.filter((act): act is CommentAct => act.kind === 'comment' && act.post === post), [acts, post])
  const written = useSelector(['comment'], mine.length > 0 ? writtenIds : nothing)
  return useMemo(() => mine.filter((act) => !written.includes(act.client_id)), [mine, written])
}
const nothing = (): string[] => []

function discard(act: CommentAct): void {
  outbox.discard(act.client_id)
  for (const key of act.uploads ?? []) uploads.cancel(key)
}

export function PendingComment({ act, held }: { act: CommentAct; held: boolean }) {
  const t = useT()
  const { person } = useMe()
  const isOnline = useSignal(connection) === 'online'
  const failed = act.state === 'failed'
  const going = useSent(act.files ? undefined : act.uploads)
  const still = going.filter((one) => one.state !== 'ready').length
  const waits = held
    ? t('comments.held')
    : still > 0
      ? t('files.waiting', { count: still })
      : t(isOnline ? 'comments.sending' : 'comments.waiting')
  return (
    <li className={classes.row} data-waiting={act.state}>
      <span className={classes.mark}>
        <Avatar id={person.id} name={person.name} size={32} />
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <span className={classes.author}>{person.name}</span>
        </div>
        {act.reply_to !== null && <Quote id={act.reply_to} />}
        {act.text !== '' && <Markdown text={act.text} me={person.id} />}
        <Cards cards={act.cards} />
        <Attachments files={act.files} />
        <UploadTray list={going} />
        {failed ? (
          <div className={classes.state} data-failed role="alert">
            <IconAlertCircle size={16} aria-hidden />
            <span>{t('comments.failed', { reason: act.problem ? whyNot(act.problem) : '' })}</span>
            <Button variant="subtle" px="xs" onClick={() => outbox.retry(act.client_id)}>
              {t('ui.try_again')}
            </Button>
            <Button variant="subtle" c="var(--tf-alarm)" px="xs" onClick={() => discard(act)}>
              {t('comments.discard')}
            </Button>
          </div>
        ) : (
          <span className={classes.state}>
            <IconClock size={14} aria-hidden />
            {waits}
          </span>
        )}
      </div>
    </li>
  )
}
