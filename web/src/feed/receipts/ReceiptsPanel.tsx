// Who has not read, who has read, who has confirmed (W21): three columns at a desk, one at a time on a phone.
import { Alert, SegmentedControl, Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useState } from 'react'
import type { Post } from '../../api/types'
import { useT, withTexts } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { ProblemText } from '../../ui/ProblemText'
import { Apart } from './Apart'
import { type Column, columns, countOf, useColumn, useFollow } from './columns'
import { MissingNames } from './MissingNames'
import classes from './ReceiptsPanel.module.css'
import { AnswersSummary, SheetLink } from './question/AnswersSummary'
import { ReceiptColumn } from './ReceiptColumn'
import { RemindButton } from './RemindButton'
import { useTally } from './tally'

const LadderSection = lazy(withTexts(() => import('../ladder/LadderSection')))

export function ReceiptsPanel({ post }: { post: Post }) {
  const t = useT()
  const me = useMyId()
  const isPhone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false }) ?? false
  const isMine = post.author_id === me
  const tally = useTally(post.id, isMine ? 'mine' : 'watched')
  const [column, setColumn] = useState<Column>('unread')
  // The first page of the first column tells what this viewer may see; the others ask for themselves.
  const first = useColumn(post.id, 'unread')
  useFollow(post.id, tally)
  const names = first.data?.pages[0]?.names
  if (first.isError && !first.data) return <ProblemText error={first.error} />
  if (!tally || !names) return <Skeleton height={160} role="img" aria-label={t('ui.loading')} />
  const pending = tally.asked - tally.done
  const question = post.receipts?.question
  const answers = first.data?.pages[0]?.answers
  const shown = isPhone ? [column] : columns
  return (
    <div className={classes.panel}>
      {names === 'below' && <Alert variant="light">{t('feed.names_below')}</Alert>}
      {names !== 'none' && (
        <div className={classes.acts}>
          {isMine && pending > 0 && <RemindButton post={post.id} pending={pending} />}
          {pending > 0 && <MissingNames post={post.id} />}
          <SheetLink post={post.id} />
        </div>
      )}
      {names !== 'none' && (
        <Suspense>
          <LadderSection post={post} mine={isMine} moved={`${tally.asked} ${tally.done}`} />
        </Suspense>
      )}
      {question && answers && <AnswersSummary question={question} answers={answers} />}
      {names === 'none' ? (
        <p className={classes.note}>{t('feed.confirmed_of', { done: tally.done, asked: tally.asked })}</p>
      ) : (
        <>
          {isPhone && (
            <SegmentedControl
              fullWidth
              aria-label={t('feed.receipts')}
              value={column}
              onChange={(value) => setColumn(value as Column)}
              data={columns.map((value) => ({
                value,
                // A manager sees some of the rows: the whole company's number would not be theirs.
                label: names === 'all' ? t(`feed.column_${value}`, { count: countOf(value, tally) }) : t(`feed.column_${value}_short`),
              }))}
            />
          )}
          <div className={classes.columns}>
            {shown.map((one) => (
              <ReceiptColumn
                key={one}
                post={post}
                column={one}
                count={countOf(one, tally)}
                titled={!isPhone}
                canWithdraw={isMine}
                counted={names === 'all'}
              />
            ))}
          </div>
          {tally.withdrawn + tally.left > 0 && <Apart post={post.id} tally={tally} />}
        </>
      )}
    </div>
  )
}
