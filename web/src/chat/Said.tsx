// A message: others left with their mark, mine right. On its way or sent it is the same element, so that a dialog opened from one
// of its cards stays open when it arrives.
import { IconCheck } from '@tabler/icons-react'
import { clock, exactTime } from '../i18n/dates'
import { useLanguage, useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { Cards } from '../cards/Cards'
import { Attachments } from '../files/Attachments'
import { Avatar } from '../ui/Avatar'
import { isSticker } from '../ui/markdown'
import { Markdown } from '../ui/Markdown'
import { MessageMenu } from './MessageMenu'
import { Pending } from './Pending'
import { Quote } from './Quote'
import classes from './Said.module.css'
import type { PendingRow, SaidRow } from './rows'

export function Said({ row, isGroup }: { row: SaidRow | PendingRow; isGroup: boolean }) {
  const t = useT()
  useLanguage()
  const me = useMyId()
  const act = row.type === 'pending' ? row.act : null
  const message = row.type === 'message' ? row.message : null
  const { text, reply_to, files, cards } = row.type === 'pending' ? row.act : row.message
  const at = row.type === 'pending' ? row.act.made_at : row.message.created_at
  const mine = row.type === 'pending' || row.mine
  const author = usePerson(message?.author_id ?? null)
  const name = author?.name ?? '…'
  const exact = message ? exactTime(at) : undefined
  const failed = act?.state === 'failed'
  const quote = reply_to !== null && <Quote id={reply_to} plain={act !== null} />
  return (
    <article className={classes.said} data-mine={mine || undefined} data-leads={row.leads || undefined}>
      {!mine && message && (
        <div className={classes.mark}>{row.leads && <Avatar id={message.author_id} name={name} size={36} />}</div>
      )}
      <div className={classes.body}>
        <header className={row.leads ? classes.head : 'tf-hidden'}>
          {!mine && isGroup && <span className={classes.name}>{name}</span>}
          {(mine || !isGroup) && <span className="tf-hidden">{mine ? t('chat.i') : name}</span>}
          <time dateTime={at} title={exact}>
            {clock(at)}
          </time>
        </header>
        {text === '' && quote}
        {text !== '' && (
          <div className={classes.bubble} data-bare={isSticker(text) || undefined} data-pending={(act && !failed) || undefined} data-failed={failed || undefined} title={exact}>
            {quote}
            <Markdown text={text} me={me} />
          </div>
        )}
        <Attachments files={files} atEnd={mine} />
        <Cards cards={cards} />
        {act && <Pending act={act} />}
        {row.type === 'message' && row.isLatestOfMine && (
          <span className={classes.safe}>
            <IconCheck size={14} aria-hidden />
            {t('chat.sent')}
          </span>
        )}
      </div>
      {message && <MessageMenu message={message} />}
    </article>
  )
}
