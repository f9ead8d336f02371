// One conversation in the list: mark, name, last line, when, how much is new.
import { IconAlertCircle, IconBellOff, IconClock } from '@tabler/icons-react'
import { useCallback } from 'react'
import { Link } from 'wouter'
import { badge } from '../i18n/dates'
import { say, useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { useEntity, useSelector } from '../live/hooks'
import type { Store } from '../live/store'
import { StateChip } from '../people/StateChip'
import { filesLine } from '../files/words'
import type { MessageAct } from '../live/outbox'
import { Avatar } from '../ui/Avatar'
import { drafts } from '../ui/drafts'
import { plainLine } from '../ui/plain'
import { RelativeTime } from '../ui/RelativeTime'
import classes from './ConversationRow.module.css'
import { useFace } from './conversations'
import { useMessageActs } from './pending'
import { draftPlace } from './places'
import { useSystemText } from './systemText'
import { lastMessage, useUnread } from './unread'

function waitingLine(act: MessageAct): string {
  if (act.cards?.length && !act.files && !act.uploads?.length) return say('cards.line')
  return filesLine(act.files) || say('files.waiting', { count: act.uploads?.length ?? 0 })
}

export function ConversationRow({ id, isChosen }: { id: number; isChosen: boolean }) {
  const t = useT()
  const me = useMyId()
  const face = useFace(id)
  const membership = useEntity('membership', id)
  const unread = useUnread(id)
  const last = useSelector(['message'], useCallback((store: Store) => lastMessage(store, id), [id]))
  const acts = useMessageActs(id)
  const system = useSystemText(last?.kind === 'system' ? last : null)
  const author = usePerson(last?.kind === 'text' ? last.author_id : null)
  if (!face) return null

  const act = acts.at(-1)
  const draft = isChosen ? '' : plainLine(drafts.read(me, draftPlace(id)).text, 60)
  const whose = last?.author_id === me ? t('chat.i') : face.isGroup ? author?.name : undefined
  const speaker = last?.kind === 'text' ? whose : undefined
  const said = last?.kind === 'text' ? plainLine(last.text, 80) || filesLine(last.files) || (last.cards?.length ? t('cards.line') : '') : system
  const StateIcon = act?.state === 'failed' ? IconAlertCircle : IconClock
  return (
    <Link
      href={`/chat/${id}`}
      className={classes.row}
      aria-current={isChosen ? 'page' : undefined}
      data-unread={unread.count > 0 || undefined}
      data-left={membership?.state === 'removed' || undefined}
    >
      <Avatar id={face.avatarId} name={face.name} size={46} square={face.isGroup} />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.who}>
            <span className={classes.name}>{face.name}</span>
            {face.other && <StateChip person={face.other} />}
          </span>
          {membership?.muted && <IconBellOff size={15} className={classes.muted} aria-label={t('chat.muted')} />}
          {last && <RelativeTime at={last.created_at} form="list" className={classes.time} />}
        </span>
        <span className={classes.line}>
          <span className={classes.last}>
            {unread.mentioned && <span className={classes.alarm}>{t('chat.mentioned_you')} </span>}
            {act && <StateIcon size={14} className={classes.state} data-state={act.state} aria-hidden />}
            {draft && !act && <span className={classes.alarm}>{t('chat.draft')} </span>}
            {act ? plainLine(act.text, 80) || waitingLine(act) : draft || (speaker ? t('chat.speaker', { name: speaker, text: said }) : said)}
          </span>
          {unread.count > 0 && (
            <span className={classes.badge} aria-hidden>
              {badge(unread.count)}
            </span>
          )}
        </span>
      </span>
      {unread.count > 0 && <span className="tf-hidden">{t('nav.count', { count: unread.count })}</span>}
    </Link>
  )
}
