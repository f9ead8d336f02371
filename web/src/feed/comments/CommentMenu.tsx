// The «…» of a comment: copy its link, see earlier versions, change it, delete it.
import { IconHistory, IconLink, IconPencil, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../api/client'
import type { Comment } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useCan, useMyId } from '../../live/bootstrap'
import { copyText } from '../../ui/clipboard'
import { MenuButton } from '../../ui/MenuButton'
import { useNow } from '../../ui/now'
import { toast } from '../../ui/toasts'
import { changing } from './changing'

const ConfirmDialog = lazy(() => import('../../ui/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))
const Versions = lazy(() => import('./Versions'))
const DAY = 24 * 3_600_000

export function CommentMenu({ comment }: { comment: Comment }) {
  const t = useT()
  const me = useMyId()
  const moderates = useCan('post.moderate')
  const now = useNow()
  const [open, setOpen] = useState<'delete' | 'versions' | null>(null)
  const isYoung = now.getTime() - Date.parse(comment.created_at) < DAY
  const mine = comment.author_id === me
  const copy = async (): Promise<void> => {
    await copyText(`${location.origin}/posts/${comment.post_id}?comment=${comment.id}`)
    toast(t('comments.link_copied'), { tone: 'good' })
  }
  const remove = async (): Promise<void> => {
    const answer = await api.delete(`/comments/${comment.id}`)
    const stub: Comment = { ...comment, text: '', files: [], mentions: { people: [], departments: [] }, deleted_by: me }
    applyAnswer(answer.seq, [putChange('comment', comment.id, stub)])
  }
  return (
    <>
      <MenuButton
        label={t('comments.more')}
        size={18}
        choices={[
          { icon: IconLink, label: t('comments.copy_link'), onChoose: () => void copy() },
          comment.edited_at !== null && { icon: IconHistory, label: t('comments.versions'), onChoose: () => setOpen('versions') },
          mine && isYoung && { icon: IconPencil, label: t('comments.edit'), onChoose: () => changing.set(comment.id) },
          ((mine && isYoung) || moderates) && {
            icon: IconTrash,
            label: t('comments.delete'),
            onChoose: () => setOpen('delete'),
            isGrave: true,
          },
        ]}
      />
      {open === 'delete' && (
        <Suspense>
          <ConfirmDialog
            opened
            title={t('comments.delete_title')}
            confirm={t('comments.delete')}
            onConfirm={remove}
            onClose={() => setOpen(null)}
          >
            {t('comments.delete_text')}
          </ConfirmDialog>
        </Suspense>
      )}
      {open === 'versions' && (
        <Suspense>
          <Versions comment={comment} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  )
}
