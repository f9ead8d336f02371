// A message that was said: others left with their mark, mine right.
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
import { Quote } from './Quote'
import classes from './Said.module.css'
import type { SaidRow } from './rows'

export function Said({ row, isGroup }: { row: SaidRow; isGroup: boolean }) {
  const t = useT()
  useLanguage()
  const me = useMyId()
  const { message, mine, leads } = row
  const author = usePerson(message.author_id)
  const name = author?.name ?? '…'
  const exact = exactTime(message.created_at)
  return (
    <article className={classes.said} data-mine={mine || undefined} data-leads={leads || undefined}>
      {!mine && (
        <div className={classes.mark}>{leads && <Avatar id={message.author_id} name={name} size={36} />}</div>
      )}
      <div className={classes.body}>
        <header className={leads ? classes.head : 'tf-hidden'}>
          {!mine && isGroup && <span className={classes.name}>{name}</span>}
          {(mine || !isGroup) && <span className="tf-hidden">{mine ? t('chat.i') : name}</span>}
          <time dateTime={message.created_at} title={exact}>
            {clock(message.created_at)}
          </time>
        </header>
        {message.text === '' && message.reply_to !== null && <Quote id={message.reply_to} />}
        {message.text !== '' && (
          <div className={classes.bubble} data-bare={isSticker(message.text) || undefined} title={exact}>
            {message.reply_to !== null && <Quote id={message.reply_to} />}
            <Markdown text={message.text} me={me} />
          </div>
        )}
        <Attachments files={message.files} atEnd={mine} />
        <Cards cards={message.cards} />
        {row.isLatestOfMine && (
          <span className={classes.safe}>
            <IconCheck size={14} aria-hidden />
            {t('chat.sent')}
          </span>
        )}
      </div>
      <MessageMenu message={message} />
    </article>
  )
}
