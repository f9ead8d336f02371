// What who planned an item may still do: move it, cancel it.
import { IconCalendarOff, IconCalendarTime } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Post } from '../../../api/types'
import { useT, withTexts } from '../../../i18n/i18n'
import { useMyId } from '../../../live/bootstrap'
import type { MenuPart } from '../declared'
import { scheduleOf } from './acts'

const ChangeDialog = lazy(withTexts(() => import('./ChangeDialog')))
const CancelDialog = lazy(withTexts(() => import('./CancelDialog')))

export function useMenu(post: Post): MenuPart {
  const t = useT()
  const mine = useMyId() === post.author_id
  const [open, setOpen] = useState<'move' | 'cancel' | null>(null)
  const view = scheduleOf(post)
  if (!view || !mine || view.state === 'cancelled') return { choices: [], dialog: null }
  const Dialog = open === 'move' ? ChangeDialog : CancelDialog
  return {
    choices: [
      { icon: IconCalendarTime, label: t('kinds.move_item'), onChoose: () => setOpen('move') },
      { icon: IconCalendarOff, label: t('kinds.cancel_item'), onChoose: () => setOpen('cancel'), isGrave: true },
    ],
    dialog: open && (
      <Suspense>
        <Dialog post={post.id} view={view} onClose={() => setOpen(null)} />
      </Suspense>
    ),
  }
}
