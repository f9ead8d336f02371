// Any thing as a card: what I may see of it now, or an honest stub. One frame for every kind.
import { lazy, Suspense } from 'react'
import { IconAlertCircle, IconCards, IconFileText, IconLock, IconMessage, IconMessageCircle, IconMessages, type Icon, IconPaperclip, IconUser } from '@tabler/icons-react'
import { navigate } from 'wouter/use-browser-location'
import type { CardView, Ref } from '../api/types'
import { useFace } from '../chat/conversations'
import { sizeText } from '../files/words'
import type { MessageKey } from '../i18n/types'
import { kindOf } from '../feed/kinds/kinds'
import { wordOf } from '../feed/kinds/words'
import { sayMaybe, useT, withTexts } from '../i18n/i18n'
import { usePerson } from '../live/directory'
import { placeOf } from '../notifications/places'
import { showPerson } from '../people/shown'
import { plainLine } from '../ui/plain'
import { RelativeTime } from '../ui/RelativeTime'
import classes from './Card.module.css'
import { FileCard } from './FileCard'
import { wantCard } from './known'
import { useCard } from './useCard'

const RecordCard = lazy(withTexts(() => import('../crm/RecordCard')))
const AskForAccess = lazy(withTexts(() => import('../access/AskForAccess')))
const RecordKindName = lazy(() => import('../crm/RecordKindName'))

const KINDS: Record<string, { icon: Icon; name: MessageKey }> = {
  post: { icon: IconFileText, name: 'cards.post' },
  comment: { icon: IconMessageCircle, name: 'cards.comment' },
  message: { icon: IconMessage, name: 'cards.message' },
  conversation: { icon: IconMessages, name: 'cards.conversation' },
  person: { icon: IconUser, name: 'cards.person' },
  file: { icon: IconPaperclip, name: 'cards.file' },
}
const OTHER: { icon: Icon; name: MessageKey } = { icon: IconCards, name: 'cards.thing' }
const OPENED = ['post', 'comment', 'message', 'conversation', 'person']

interface Props {
  about: Ref
  /** The version that was attached: a later one is marked. */
  since?: number | undefined
}

export function Card({ about, since }: Props) {
  const t = useT()
  const card = useCard(about.kind, about.id)
  const sort = typeof card === 'object' && card.kind === 'post' ? kindOf(card.sort) : null
  const { icon, name } = KINDS[about.kind] ?? OTHER
  const KindIcon = sort?.icon ?? icon
  if (card === undefined) return <div className={classes.card} data-card={about.kind} data-state="loading" role="status" aria-label={t('ui.loading')} />
  if (card === 'failed') {
    return (
      <button type="button" className={classes.card} data-card={about.kind} onClick={() => wantCard(about)}>
        <IconAlertCircle size={20} stroke={1.7} className={classes.icon} aria-hidden />
        <span className={classes.words}>{t('cards.failed')}</span>
      </button>
    )
  }
  if (card.restricted) {
    return (
      <div className={classes.card} data-card={about.kind} data-state="restricted">
        <IconLock size={20} stroke={1.7} className={classes.icon} aria-hidden />
        <span className={classes.words}>
          <span className={classes.kind}>{KINDS[about.kind] ? t(name) : <Suspense fallback={t(name)}><RecordKindName kind={about.kind} /></Suspense>}</span>
          <span className={classes.stub}>{t('cards.restricted')}</span>
          {!KINDS[about.kind] && (
            <Suspense fallback={null}>
              <AskForAccess card={card} />
            </Suspense>
          )}
        </span>
      </div>
    )
  }
  const inside = (
    <>
      <KindIcon size={20} stroke={1.7} className={classes.icon} aria-hidden />
      <span className={classes.words}>
        <span className={classes.kind}>
          {sort?.kind ? wordOf(sort.kind) : t(name)}
          {sort?.kind && typeof card === 'object' && card.state && <span className={classes.state}>{sayMaybe(`kinds.${sort.kind}_${card.state}`)}</span>}
          {card.urgent && <span className={classes.changed}>{t('feed.urgent')}</span>}
          {since !== undefined && card.version > since && <span className={classes.changed}>{t('cards.changed')}</span>}
        </span>
        <span className={classes.title}>{(card.kind === 'file' ? card.title : plainLine(card.title)) || t('cards.no_text')}</span>
        {card.kind === 'post' && card.subtitle && <span className={classes.summary}>{card.subtitle}</span>}
        <Below card={card} />
      </span>
    </>
  )
  if (card.kind === 'file') return <FileCard card={card}>{inside}</FileCard>
  if (!OPENED.includes(card.kind)) {
    const plain = (
      <div className={classes.card} data-card={card.kind}>
        {inside}
      </div>
    )
    return (
      <Suspense fallback={plain}>
        <RecordCard card={card} since={since} />
      </Suspense>
    )
  }
  const open = (): void => {
    if (card.kind === 'person') showPerson(card.id)
    else navigate(placeOf(card, card.within ?? null, card.number ?? null))
  }
  return (
    <button type="button" className={classes.card} data-card={card.kind} onClick={open}>
      {inside}
    </button>
  )
}

/** Who and when; of a person the place, of a message the conversation. */
function Below({ card }: { card: CardView }) {
  const says = ['post', 'comment', 'message'].includes(card.kind)
  const author = usePerson(says ? card.person_id : null)
  const face = useFace(card.kind === 'message' ? (card.within?.id ?? 0) : 0)
  const parts = [card.kind === 'file' ? sizeText(Number(card.subtitle)) : card.kind === 'post' ? '' : card.subtitle, says ? author?.name : '', face?.isGroup ? face.name : ''].filter(Boolean)
  if (parts.length === 0 && !says) return null
  return (
    <span className={classes.below}>
      <span className={classes.who}>{parts.join(' · ')}</span>
      {says && card.at && <RelativeTime at={card.at} form="list" className={classes.time} />}
    </span>
  )
}
