// The lower edge of a post that asks for receipts: a press for those asked, the count for the author, a word for others.
import { IconChecklist } from '@tabler/icons-react'
import type { Post, ReceiptsAsked } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useCan, useMyId } from '../../live/bootstrap'
import { AskedBar } from './AskedBar'
import { AuthorBar } from './AuthorBar'
import { DueTime } from './DueTime'
import { useMyReceipt } from './mine'
import classes from './ReceiptBar.module.css'

interface Props {
  post: Post
  asked: ReceiptsAsked
  whole: boolean
}

export function ReceiptBar({ post, asked, whole }: Props) {
  const t = useT()
  const me = useMyId()
  const receipt = useMyReceipt(post.id)
  const readsAll = useCan('receipts.read')
  const isMine = post.author_id === me
  const isOpen = receipt?.state === 'open'
  return (
    <div className={classes.bar} role="group" data-open={isOpen || undefined} aria-label={t('feed.receipts')}>
      <div className={classes.line}>
        <span className={classes.word}>
          <IconChecklist size={18} aria-hidden />
          {t(isMine ? 'feed.receipts_asked' : isOpen ? 'feed.receipt_needed' : 'feed.receipts')}
        </span>
        {asked.due_at && <DueTime due={asked.due_at} waits={isOpen || isMine} />}
      </div>
      {asked.question && <p className={classes.question}>{asked.question.text}</p>}
      {isMine || (readsAll && !receipt) ? (
        <AuthorBar post={post} mine={isMine} whole={whole} />
      ) : receipt ? (
        <AskedBar post={post} receipt={receipt} />
      ) : (
        <p className={classes.note}>{t('feed.not_asked')}</p>
      )}
    </div>
  )
}
