// The «…» beside a message: answer it, send it on, share it. The menu itself exists only once it is opened.
import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowBackUp, IconBriefcase, IconDots, IconSend2, IconShare3, IconSubtask } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import type { Message } from '../api/types'
import { chosenCards } from '../cards/chosen'
import { useMyKinds } from '../feed/kinds/kinds'
import { setAs } from '../feed/kinds/setAs'
import { SHARE } from '../feed/share/form'
import { SHARE_ADDRESS } from '../feed/share/place'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { useEntity } from '../live/hooks'
import { draftPlace } from './places'
import { replyTo } from './reply'
import classes from './Said.module.css'

const SendCard = lazy(() => import('../cards/SendCard'))

export function MessageMenu({ message }: { message: Message }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const [sending, setSending] = useState(false)
  const button = (
    <ActionIcon
      className={classes.more}
      aria-label={t('cards.message_menu')}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onClick={isOpen ? undefined : () => setOpen(true)}
    >
      <IconDots size={18} />
    </ActionIcon>
  )
  return (
    <>
      {isOpen ? (
        <Menu opened onChange={setOpen} position="top" withinPortal withInitialFocusPlaceholder={false}>
          <Menu.Target>{button}</Menu.Target>
          <Menu.Dropdown>
            <Items message={message} onSend={() => setSending(true)} />
          </Menu.Dropdown>
        </Menu>
      ) : (
        button
      )}
      {sending && (
        <Suspense>
          <SendCard about={{ kind: 'message', id: message.id }} onClose={() => setSending(false)} />
        </Suspense>
      )}
    </>
  )
}

function Items({ message, onSend }: { message: Message; onSend: () => void }) {
  const t = useT()
  const me = useMyId()
  const [, go] = useLocation()
  const mayWrite = useEntity('membership', message.conversation_id)?.state === 'active'
  const kinds = useMyKinds().map((one) => one.kind)
  const answer = (): void => {
    replyTo(me, draftPlace(message.conversation_id), message.id)
    go(`/chat/${message.conversation_id}`)
    setTimeout(() => document.querySelector<HTMLElement>('form[data-composer] textarea')?.focus(), 60)
  }
  const share = (): void => {
    chosenCards.add(me, SHARE, { kind: 'message', id: message.id })
    go(SHARE_ADDRESS)
  }
  return (
    <>
      {mayWrite && (
        <Menu.Item leftSection={<IconArrowBackUp size={18} />} onClick={answer}>
          {t('cards.reply')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconSend2 size={18} />} onClick={onSend}>
        {t('cards.send')}
      </Menu.Item>
      <Menu.Item leftSection={<IconShare3 size={18} />} onClick={share}>
        {t('cards.share')}
      </Menu.Item>
      {kinds.includes('task') && (
        <Menu.Item leftSection={<IconSubtask size={18} />} onClick={() => setAs('task', { kind: 'message', id: message.id }, message.text, me)}>
          {t('kinds.set_as_task')}
        </Menu.Item>
      )}
      {kinds.includes('sales_record') && (
        <Menu.Item leftSection={<IconBriefcase size={18} />} onClick={() => setAs('sales_record', { kind: 'message', id: message.id }, message.text, me)}>
          {t('kinds.set_as_sales_record')}
        </Menu.Item>
      )}
    </>
  )
}
