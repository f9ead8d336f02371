// One thing that waits for me: what, who asked, by when, and the act itself.
import { IconCircleCheck } from '@tabler/icons-react'
import type { Id } from '../../api/types'
import { filesLine } from '../../files/words'
import { useT } from '../../i18n/i18n'
import { useActedName } from '../../live/acted'
import { plainLine } from '../../ui/plain'
import { RelativeTime } from '../../ui/RelativeTime'
import { TodoLink } from '../../ui/TodoSection'
import look from '../../ui/TodoSection.module.css'
import { useFocusAfter } from '../receipts/giving'
import { DueTime } from '../receipts/DueTime'
import { useMyReceipt } from '../receipts/mine'
import { ReceivedButton } from '../receipts/ReceivedButton'
import classes from './TodoRow.module.css'
import { usePost } from './usePost'

export function TodoRow({ id }: { id: Id }) {
  const t = useT()
  const receipt = useMyReceipt(id)
  const { post } = usePost(id)
  const asker = useActedName(receipt?.asked_by, post?.by_id)
  const focus = useFocusAfter(id, receipt?.state === 'done')
  if (!receipt) return null
  const isOpen = receipt.state === 'open'
  return (
    <li className={look.row} data-todo={id} data-receipt={id} data-state={receipt.state}>
      <TodoLink
        href={`/posts/${id}`}
        id={`todo-${id}`}
        title={post ? post.title || plainLine(post.text) || filesLine(post.files) : '…'}
      >
        <span>{t('feed.asked_by', { name: asker })}</span>
        {receipt.due_at ? (
          <DueTime due={receipt.due_at} waits={isOpen} />
        ) : (
          <RelativeTime at={receipt.asked_at} className={classes.time} />
        )}
      </TodoLink>
      <span className={classes.act}>
        {isOpen ? (
          <ReceivedButton post={id} receipt={receipt} compact describedBy={`todo-${id}`} />
        ) : (
          <span className={classes.done} role="status" ref={focus} tabIndex={-1}>
            {receipt.state === 'done' && <IconCircleCheck size={20} aria-hidden />}
            {t(receipt.state === 'done' ? 'feed.given' : 'feed.todo_withdrawn')}
          </span>
        )}
      </span>
    </li>
  )
}
