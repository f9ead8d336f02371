// For who is asked: one press, then when it was given; how many have confirmed.
import { IconCircleCheck } from '@tabler/icons-react'
import type { Post, Receipt } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { RelativeTime } from '../../ui/RelativeTime'
import { useFocusAfter } from './giving'
import { AnswerLine } from './question/AnswerLine'
import classes from './ReceiptBar.module.css'
import { ReceivedButton } from './ReceivedButton'
import { useTally } from './tally'

export function AskedBar({ post, receipt }: { post: Post; receipt: Receipt }) {
  const t = useT()
  const deputy = usePerson(receipt.by_id)
  const counts = receipt.state === 'open' || receipt.state === 'done'
  const tally = useTally(post.id, counts ? 'watched' : null)
  const focus = useFocusAfter(post.id, receipt.state === 'done')
  return (
    <div className={classes.asked} data-receipt={post.id}>
      {receipt.state === 'open' && <ReceivedButton post={post.id} receipt={receipt} className={classes.press} />}
      {receipt.state === 'done' && (
        <span className={classes.done} ref={focus} tabIndex={-1}>
          <IconCircleCheck size={20} aria-hidden />
          {deputy ? t('feed.given_by', { name: deputy.name }) : t('feed.given')}
          {receipt.done_at && <RelativeTime at={receipt.done_at} className={classes.count} />}
          {receipt.answer && <AnswerLine question={post.receipts?.question} answer={receipt.answer} />}
          {post.version > 1 && <span className={classes.count}>{t('feed.version', { version: receipt.confirmed })}</span>}
        </span>
      )}
      {receipt.state === 'withdrawn' && <p className={classes.note}>{t('feed.receipt_withdrawn')}</p>}
      {tally && (
        <span className={classes.count}>{t('feed.confirmed_of', { done: tally.done, asked: tally.asked })}</span>
      )}
    </div>
  )
}
