// Where a comment is written. Sending hands it to the outbox at once; nothing waits for the network. What is typed, and whom it
// answers, is kept as a draft of its post.
import { ActionIcon } from '@mantine/core'
import { IconAt, IconX } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { StickerView } from '../../api/generated'
import type { Comment, Id, Post } from '../../api/types'
import { CardButton } from '../../cards/CardButton'
import { CardTray } from '../../cards/CardTray'
import { chosenCards, useChosenCards } from '../../cards/chosen'
import { AttachButton } from '../../files/AttachButton'
import { MOST_FILES, uploads } from '../../files/uploads'
import { UploadTray } from '../../files/UploadTray'
import { useUploads } from '../../files/useUploads'
import { EmojiButton } from '../../emoji/EmojiButton'
import { markOf } from '../../emoji/mark'
import { useT } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { usePerson } from '../../live/directory'
import { useSignal } from '../../live/emitter'
import { useEntity } from '../../live/hooks'
import { nameSearch } from '../../live/lookup'
import { outbox } from '../../live/outbox'
import { drafts } from '../../ui/drafts'
import { MentionTextarea, type MentionTextareaHandle } from '../../ui/MentionTextarea'
import { plainLine } from '../../ui/plain'
import { SendButton } from '../../ui/SendButton'
import { sendKey } from '../../ui/sendKey'
import { useComposer } from '../../ui/useComposer'
import { useHasKeyboard } from '../../ui/useHasKeyboard'
import { ReceiptInstead, useReceiptInstead } from '../receipts/ReceiptInstead'
import classes from './CommentComposer.module.css'
import { asked } from './writeHere'

const MOST = 8_000

interface Props {
  post: Post
  autoFocus?: boolean
  onEnd?: () => void
}

export function CommentComposer({ post, autoFocus = false, onEnd }: Props) {
  const t = useT()
  const me = useMyId()
  const place = `comment.${post.id}`
  const composer = useComposer(me, place)
  const field = useRef<MentionTextareaHandle>(null)
  const hasKeyboard = useHasKeyboard()
  const sendOn = useSignal(sendKey)
  const search = useMemo(() => nameSearch({ departments: true, without: [me] }), [me])
  const [reply, setReply] = useState<Id | null>(() => drafts.readForm<Id>(me, place))
  const chosen = useUploads(place)
  const text = composer.markdown()
  const left = MOST - text.length
  const cards = useChosenCards(me, place)
  const nothing = (composer.isEmpty && chosen.list.length === 0 && cards.length === 0) || chosen.list.some((one) => one.state === 'failed')
  const instead = useReceiptInstead(post.id, text)

  const answer = (comment: Id | null): void => {
    setReply(comment)
    drafts.writeForm(me, place, comment)
  }
  useEffect(
    () =>
      asked.on((wish) => {
        if (wish.post !== post.id) return
        if (wish.reply !== null) answer(wish.reply)
        field.current?.focus()
      }),
    [post.id],
  )
  const clear = (): void => {
    composer.clear()
    answer(null)
  }
  const send = (): void => {
    if (nothing || left < 0) return
    if (instead.hold()) return
    outbox.add({ kind: 'comment', post: post.id, text, reply_to: reply, cards: chosenCards.take(me, place), uploads: uploads.take(place) })
    clear()
    field.current?.focus()
  }
  // A comment of its own: what is being written stays.
  const sendSticker = (sticker: StickerView): void => {
    outbox.add({ kind: 'comment', post: post.id, text: markOf(sticker), reply_to: reply, uploads: [] })
    answer(null)
  }
  return (
    <form
      className={classes.composer}
      data-over={chosen.isOver || undefined}
      {...chosen.taking}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {chosen.isOver && <div className={classes.drop}>{t('files.drop')}</div>}
      {instead.isOffered && (
        <ReceiptInstead
          onGive={() => {
            instead.give()
            clear()
            onEnd?.()
          }}
          otherwise={t('comments.comment_anyway')}
          onOtherwise={() => {
            instead.insist()
            send()
          }}
        />
      )}
      {reply !== null && <Answering id={reply} onStop={() => answer(null)} />}
      <CardTray person={me} place={place} composer={composer} />
      <UploadTray list={chosen.list} />
      <div className={classes.row}>
        <div className={classes.tools} role="group" aria-label={t('comments.tools')}>
          <AttachButton onChoose={chosen.add} disabled={chosen.list.length >= MOST_FILES} />
          <CardButton person={me} place={place} />
          <EmojiButton onChoose={(emoji) => field.current?.insert(emoji)} onSticker={sendSticker} />
          <ActionIcon aria-label={t('ui.mention')} onClick={() => field.current?.openMentions()}>
            <IconAt size={22} stroke={1.7} />
          </ActionIcon>
        </div>
        <div className={classes.field}>
          <MentionTextarea
            handle={field}
            composer={composer}
            search={search}
            label={t('comments.write_under', { title: plainLine(post.text, 24) })}
            placeholder={t('comments.write')}
            sendOn={hasKeyboard ? sendOn : 'mod+enter'}
            onSend={send}
            mayBeEmpty={chosen.list.length > 0 || cards.length > 0}
            autoFocus={autoFocus}
          />
        </div>
        <SendButton label={t('comments.send')} disabled={nothing || left < 0} />
      </div>
      {left < 0 && (
        <div className={classes.over} role="status">
          {t('comments.too_long', { count: -left })}
        </div>
      )}
    </form>
  )
}

function Answering({ id, onStop }: { id: Comment['id']; onStop: () => void }) {
  const t = useT()
  const comment = useEntity('comment', id)
  const name = usePerson(comment?.author_id)?.name ?? '…'
  return (
    <div className={classes.answering}>
      <span className={classes.whom}>
        {t('comments.reply_to', { name })}
        {comment && `：${plainLine(comment.text, 40)}`}
      </span>
      <ActionIcon aria-label={t('comments.reply_stop', { name })} onClick={onStop}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  )
}
