// The «…» of a post: what one may do with it besides reading.
import {
  IconAlarm,
  IconBell,
  IconBellOff,
  IconChecklist,
  IconEye,
  IconEyeOff,
  IconLink,
  IconPencil,
  IconPrinter,
  IconSend2,
  IconStar,
  IconStarOff,
  IconSubtask,
  IconTrash,
} from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import type { Post } from '../../api/types'
import { useT, withTexts } from '../../i18n/i18n'
import { useCan, useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { copyText } from '../../ui/clipboard'
import { MenuButton } from '../../ui/MenuButton'
import { toast } from '../../ui/toasts'
import { useFollowing } from '../comments/following'
import { kindOf, noMenu, useMyKinds } from '../kinds/kinds'
import { setAs } from '../kinds/setAs'
import { mark } from '../marks'

const AskLater = lazy(() => import('../receipts/AskLater'))
const DeletePost = lazy(() => import('./DeletePost'))
const EditPost = lazy(withTexts(() => import('../versions/EditPost')))
const SendCard = lazy(() => import('../../cards/SendCard'))
const ReminderDialog = lazy(() => import('../../notifications/ReminderDialog'))

export function PostMenu({ post: whole }: { post: Post }) {
  const { id: post, author_id } = whole
  const t = useT()
  const [, go] = useLocation()
  const me = useMyId()
  const isMine = me === author_id
  const setsTasks = useMyKinds().some((one) => one.kind === 'task')
  const moderates = useCan('post.moderate')
  const isFavourite = useEntity('favourite', post) !== undefined
  const isHidden = useEntity('hidden', post) !== undefined
  const [editing, setEditing] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const [reminding, setReminding] = useState(false)
  // A post keeps its kind for ever, so this is the same hook each time.
  const { useMenu = noMenu, Edit = EditPost } = kindOf(whole.kind)
  const { choices, dialog } = useMenu(whole)
  const { follows, choose } = useFollowing(post)
  const [sending, setSending] = useState(false)
  const mayAsk = useCan('receipt.require')
  const [asking, setAsking] = useState(false)
  const copy = async (): Promise<void> => {
    await copyText(`${location.origin}/posts/${post}`)
    toast(t('feed.link_copied'), { tone: 'good' })
  }
  return (
    <>
      <MenuButton
        label={t('feed.more')}
        choices={[
          ...choices,
          { icon: IconAlarm, label: t('notices.remind'), onChoose: () => setReminding(true) },
          {
            icon: follows ? IconBellOff : IconBell,
            label: t(follows ? 'comments.unfollow' : 'comments.follow'),
            onChoose: () => void choose(!follows),
          },
          {
            icon: isFavourite ? IconStarOff : IconStar,
            label: t(isFavourite ? 'feed.unfavourite' : 'feed.favourite'),
            onChoose: () => void mark('favourite', post, !isFavourite),
          },
          setsTasks && { icon: IconSubtask, label: t('kinds.set_as_task'), onChoose: () => setAs('task', { kind: 'post', id: post }, whole.title || whole.text, me) },
          isMine && { icon: IconPencil, label: t('feed.edit'), onChoose: () => setEditing(true) },
          isMine && mayAsk && !whole.receipts && kindOf(whole.kind).receipts === true && { icon: IconChecklist, label: t('feed.require_receipts'), onChoose: () => setAsking(true) },
          { icon: IconSend2, label: t('cards.send'), onChoose: () => setSending(true) },
          { icon: IconPrinter, label: t('feed.print'), onChoose: () => go(`/posts/${post}/paper`) },
          { icon: IconLink, label: t('feed.copy_link'), onChoose: () => void copy() },
          (!isMine || isHidden) && {
            icon: isHidden ? IconEye : IconEyeOff,
            label: t(isHidden ? 'feed.unhide' : 'feed.hide'),
            onChoose: () => void mark('hidden', post, !isHidden),
          },
          (isMine || moderates) && {
            icon: IconTrash,
            label: t('feed.delete'),
            onChoose: () => setDeleting(true),
            isGrave: true,
          },
        ]}
      />
      {dialog}
      {reminding && (
        <Suspense>
          <ReminderDialog about={{ kind: 'post', id: post }} onClose={() => setReminding(false)} />
        </Suspense>
      )}
      {editing && (
        <Suspense>
          <Edit post={whole} onClose={() => setEditing(false)} />
        </Suspense>
      )}
      {asking && (
        <Suspense>
          <AskLater post={whole} onClose={() => setAsking(false)} />
        </Suspense>
      )}
      {deleting && (
        <Suspense>
          <DeletePost id={post} onClose={() => setDeleting(false)} />
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
