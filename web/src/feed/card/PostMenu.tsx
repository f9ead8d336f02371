// The «…» of a post: what one may do with it besides reading.
import { ActionIcon, Menu } from '@mantine/core'
import { IconAlarm, IconBell, IconBellOff, IconDots, IconLink, IconSend2 } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { copyText } from '../../ui/clipboard'
import { toast } from '../../ui/toasts'
import { useFollowing } from '../comments/following'

const SendCard = lazy(() => import('../../cards/SendCard'))
const ReminderDialog = lazy(() => import('../../notifications/ReminderDialog'))

export function PostMenu({ post }: { post: Id }) {
  const t = useT()
  const [reminding, setReminding] = useState(false)
  const { follows, choose } = useFollowing(post)
  const [sending, setSending] = useState(false)
  const copy = async (): Promise<void> => {
    await copyText(`${location.origin}/posts/${post}`)
    toast(t('feed.link_copied'), { tone: 'good' })
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={t('feed.more')}>
            <IconDots size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconAlarm size={18} />} onClick={() => setReminding(true)}>
            {t('notices.remind')}
          </Menu.Item>
          <Menu.Item
            leftSection={follows ? <IconBellOff size={18} /> : <IconBell size={18} />}
            onClick={() => void choose(!follows)}
          >
            {t(follows ? 'comments.unfollow' : 'comments.follow')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSend2 size={18} />} onClick={() => setSending(true)}>
            {t('cards.send')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={18} />} onClick={() => void copy()}>
            {t('feed.copy_link')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {reminding && (
        <Suspense>
          <ReminderDialog about={{ kind: 'post', id: post }} onClose={() => setReminding(false)} />
        </Suspense>
      )}
      {sending && (
        <Suspense>
          <SendCard about={{ kind: 'post', id: post }} onClose={() => setSending(false)} />
        </Suspense>
      )}
    </>
  )
}
