// The «…» of a comment: copy its link, see earlier versions, change it, delete it.
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconHistory, IconLink, IconPencil, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../api/client'
import type { Comment } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useCan, useMyId } from '../../live/bootstrap'
import { copyText } from '../../ui/clipboard'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { useNow } from '../../ui/now'
import { toast } from '../../ui/toasts'
import { changing } from './changing'

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
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={t('comments.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={18} />} onClick={() => void copy()}>
            {t('comments.copy_link')}
          </Menu.Item>
          {comment.edited_at && (
            <Menu.Item leftSection={<IconHistory size={18} />} onClick={() => setOpen('versions')}>
              {t('comments.versions')}
            </Menu.Item>
          )}
          {mine && isYoung && (
            <Menu.Item leftSection={<IconPencil size={18} />} onClick={() => changing.set(comment.id)}>
              {t('comments.edit')}
            </Menu.Item>
          )}
          {((mine && isYoung) || moderates) && (
            <Menu.Item color="red.9" leftSection={<IconTrash size={18} />} onClick={() => setOpen('delete')}>
              {t('comments.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'delete' && (
        <ConfirmDialog
          opened
          title={t('comments.delete_title')}
          confirm={t('comments.delete')}
          onConfirm={remove}
          onClose={() => setOpen(null)}
        >
          {t('comments.delete_text')}
        </ConfirmDialog>
      )}
      {open === 'versions' && (
        <Suspense>
          <Versions comment={comment} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  )
}
