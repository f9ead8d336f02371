// Where a message is written. Sending hands it to the outbox at once; nothing waits for the network.
import { ActionIcon } from '@mantine/core'
import { IconAt, IconListNumbers, IconX } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import { CardButton } from '../cards/CardButton'
import type { StickerView } from '../api/generated'
import { EmojiButton } from '../emoji/EmojiButton'
import { markOf } from '../emoji/mark'
import { CardTray } from '../cards/CardTray'
import { chosenCards, useChosenCards } from '../cards/chosen'
import { AttachButton } from '../files/AttachButton'
import { MOST_FILES, uploads } from '../files/uploads'
import { UploadTray } from '../files/UploadTray'
import { useUploads } from '../files/useUploads'
import { ReceiptInstead, useReceiptInstead } from '../feed/receipts/ReceiptInstead'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { useSignal } from '../live/emitter'
import { outbox } from '../live/outbox'
import { mentionsIn } from '../ui/composing'
import { MentionTextarea, type MentionTextareaHandle } from '../ui/MentionTextarea'
import { SendButton } from '../ui/SendButton'
import { sendKey } from '../ui/sendKey'
import { useComposer } from '../ui/useComposer'
import { useHasKeyboard } from '../ui/useHasKeyboard'
import classes from './Composer.module.css'
import { memberSearch } from './members'
import { draftPlace } from './places'
import { usePostTalkedAbout } from './talkedAbout'
import { Quote } from './Quote'
import { replyTo, useReply } from './reply'
import { useTellTyping } from './typing'

const MOST = 8_000

interface Props {
  id: number
  name: string
  isGroup: boolean
  onSent: () => void
}

export function Composer({ id, name, isGroup, onSent }: Props) {
  const t = useT()
  const me = useMyId()
  const composer = useComposer(me, draftPlace(id))
  const field = useRef<MentionTextareaHandle>(null)
  const tellTyping = useTellTyping(id)
  // On touch keyboards Enter is a new line and the button sends.
  const hasKeyboard = useHasKeyboard()
  const sendOn = useSignal(sendKey)
  const search = useMemo(() => memberSearch(id, me, isGroup), [id, me, isGroup])
  const text = composer.markdown()
  const left = MOST - text.length

  const chosen = useUploads(draftPlace(id))
  const failed = chosen.list.some((one) => one.state === 'failed')
  const cards = useChosenCards(me, draftPlace(id))
  const answered = useReply(me, draftPlace(id))
  const instead = useReceiptInstead(usePostTalkedAbout(id, answered, me), text)
  const nothing = (composer.isEmpty && chosen.list.length === 0 && cards.length === 0) || failed

  const send = (): void => {
    if (nothing || left < 0 || instead.hold()) return
    const mentioned = mentionsIn(composer.text, composer.mentioned)
    outbox.add({
      kind: 'message',
      conversation: id,
      text,
      mentions: {
        people: [...new Set(mentioned.filter((m) => m.kind === 'person').map((m) => m.id))],
        everyone: mentioned.some((m) => m.kind === 'everyone'),
      },
      reply_to: answered,
      cards: chosenCards.take(me, draftPlace(id)),
      uploads: uploads.take(draftPlace(id)),
    })
    clear()
    onSent()
  }
  // A message of its own: what is being written stays.
  const sendSticker = (sticker: StickerView): void => {
    outbox.add({ kind: 'message', conversation: id, text: markOf(sticker), mentions: { people: [], everyone: false }, reply_to: answered, cards: [], uploads: [] })
    replyTo(me, draftPlace(id), null)
    onSent()
  }
  const clear = (): void => {
    composer.clear()
    replyTo(me, draftPlace(id), null)
    field.current?.focus()
  }
  const label = t('chat.message_to', { name })
  return (
    <form
      className={classes.composer}
      data-over={chosen.isOver || undefined}
      data-composer
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
          }}
          otherwise={t('chat.send_anyway')}
          onOtherwise={() => {
            instead.insist()
            send()
          }}
        />
      )}
      {answered !== null && (
        <div className={classes.reply}>
          <span className="tf-hidden">{t('cards.replying')}</span>
          <Quote id={answered} plain />
          <ActionIcon aria-label={t('cards.no_reply')} onClick={() => replyTo(me, draftPlace(id), null)}>
            <IconX size={20} />
          </ActionIcon>
        </div>
      )}
      <CardTray person={me} place={draftPlace(id)} composer={composer} />
      <UploadTray list={chosen.list} />
      <div className={classes.row}>
        <div className={classes.tools} role="group" aria-label={t('chat.tools')}>
          <AttachButton onChoose={chosen.add} disabled={chosen.list.length >= MOST_FILES} />
          <CardButton person={me} place={draftPlace(id)} />
          <EmojiButton onChoose={(emoji) => field.current?.insert(emoji)} onSticker={sendSticker} />
          {isGroup && (
            <ActionIcon aria-label={t('ui.mention')} onClick={() => field.current?.openMentions()}>
              <IconAt size={22} stroke={1.7} />
            </ActionIcon>
          )}
          <ActionIcon aria-label={t('ui.numbered_list')} onClick={() => field.current?.toggleNumbers()}>
            <IconListNumbers size={22} stroke={1.7} />
          </ActionIcon>
        </div>
        <div className={classes.field}>
          <MentionTextarea
            handle={field}
            composer={composer}
            search={search}
            label={label}
            placeholder={t('chat.placeholder')}
            sendOn={hasKeyboard ? sendOn : 'mod+enter'}
            onSend={send}
            mayBeEmpty={chosen.list.length > 0 || cards.length > 0}
            onTyping={tellTyping}
            autoFocus={hasKeyboard}
          />
        </div>
        <SendButton label={t('chat.send')} disabled={nothing || left < 0} />
      </div>
      <div className={classes.foot} role="status">
        {left < 0 ? (
          <span className={classes.over}>{t('chat.too_long', { count: -left })}</span>
        ) : left < 500 ? (
          t('chat.left', { count: left })
        ) : hasKeyboard && !composer.isEmpty ? (
          t(sendOn === 'enter' ? 'chat.enter_hint' : 'chat.mod_enter_hint')
        ) : (
          ''
        )}
      </div>
    </form>
  )
}
