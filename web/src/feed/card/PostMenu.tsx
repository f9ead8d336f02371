// The «…» of a post: what one may do with it besides reading.
import { IconAlarm, IconBell, IconBellOff, IconLink, IconSend2 } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { copyText } from '../../ui/clipboard'
import { MenuButton } from '../../ui/MenuButton'
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
      <MenuButton
        label={t('feed.more')}
        choices={[
          { icon: IconAlarm, label: t('notices.remind'), onChoose: () => setReminding(true) },
          {
            icon: follows ? IconBellOff : IconBell,
            label: t(follows ? 'comments.unfollow' : 'comments.follow'),
            onChoose: () => void choose(!follows),
          },
          { icon: IconSend2, label: t('cards.send'), onChoose: () => setSending(true) },
          { icon: IconLink, label: t('feed.copy_link'), onChoose: () => void copy() },
        ]}
      />
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
