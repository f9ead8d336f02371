// My shares that are not safe on the server yet stand above the timeline: on their way, or refused with what to do.
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { ApiProblem } from '../api/problem'
import { Cards } from '../cards/Cards'
import { UploadTray } from '../files/UploadTray'
import { useSent } from '../files/useUploads'
import { whyNot } from '../files/words'
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { connection } from '../live/connection'
import { useSignal } from '../live/emitter'
import { outbox, type Act, type ShareAct } from '../live/outbox'
import { Avatar } from '../ui/Avatar'
import { Markdown } from '../ui/Markdown'
import { openAgain } from './share/openAgain'
import head from './card/PostHead.module.css'
import classes from './WaitingShares.module.css'

const isShare = (act: Act): act is ShareAct => act.kind === 'share'

export function WaitingShares() {
  const shares = useSignal(outbox.acts).filter(isShare)
  return shares.reverse().map((act) => <WaitingShare key={act.client_id} act={act} />)
}

function WaitingShare({ act }: { act: ShareAct }) {
  const t = useT()
  const { person } = useMe()
  const isOnline = useSignal(connection) === 'online'
  const going = useSent(act.files ? undefined : act.uploads)
  const still = going.filter((one) => one.state !== 'ready').length
  const waits = still > 0 ? t('files.waiting', { count: still }) : t(isOnline ? 'feed.publishing' : 'feed.publish_waits')
  const failed = act.state === 'failed' && act.problem
  return (
    <article className={classes.card} data-waiting={act.state} aria-label={t('feed.waiting_share')}>
      <header className={head.head}>
        <Avatar id={person.id} name={person.name} size={40} />
        <div className={head.words}>
          <div className={classes.author}>{person.name}</div>
          <div className={classes.state} role="status" data-failed={failed ? true : undefined}>
            {failed ? <IconAlertTriangle size={15} aria-hidden /> : <IconClock size={15} aria-hidden />}
            {failed ? whyNot(failed) : waits}
          </div>
        </div>
      </header>
      {act.body.text !== '' && (
        <div className={classes.text}>
          <Markdown text={act.body.text} me={person.id} />
        </div>
      )}
      {act.body.poll && (
        <ul className={classes.poll} aria-label={t('poll.vote')}>
          {act.body.poll.options.map((option) => (
            <li key={option}>{option}</li>
          ))}
        </ul>
      )}
      <Cards cards={act.body.cards?.map((one) => ({ ...one, version: Number.MAX_SAFE_INTEGER }))} />
      <UploadTray list={going} />
      {failed && (
        <div className={classes.acts}>
          {new ApiProblem(failed).isPassing && (
            <Button onClick={() => outbox.retry(act.client_id)}>{t('ui.try_again')}</Button>
          )}
          <Button variant="default" onClick={() => openAgain(act)}>
            {t('feed.edit')}
          </Button>
        </div>
      )}
    </article>
  )
}
