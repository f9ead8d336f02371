// One column of the receipts panel.
import { Button, Skeleton } from '@mantine/core'
import type { Post } from '../../api/types'
import { number } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { ProblemText } from '../../ui/ProblemText'
import { type Column, useColumn } from './columns'
import classes from './ReceiptsPanel.module.css'
import { ReceiptPerson } from './ReceiptPerson'

interface Props {
  post: Post
  column: Column
  count: number
  titled: boolean
  canWithdraw: boolean
  /** The count is that of the rows; a manager sees fewer rows than there are. */
  counted: boolean
}

export function ReceiptColumn({ post, column, count, titled, canWithdraw, counted }: Props) {
  const t = useT()
  const found = useColumn(post.id, column)
  const rows = found.data?.pages.flatMap((page) => page.items) ?? []
  const title = t(`feed.column_${column}_title`)
  return (
    <section className={classes.column} aria-label={title} data-column={column}>
      {titled && (
        <h3 className={classes.heading}>
          <span>{title}</span>
          <span>{counted ? number(count) : `${number(rows.length)}${found.hasNextPage ? '+' : ''}`}</span>
        </h3>
      )}
      <ProblemText error={found.isError && rows.length === 0 ? found.error : null} />
      {found.isPending && <Skeleton height={52} radius={0} />}
      {found.data && rows.length === 0 && (
        <p className={classes.nobody}>{t(counted ? `feed.column_${column}_nobody` : 'feed.nobody_below')}</p>
      )}
      <ul className={classes.rows} tabIndex={rows.length > 8 ? 0 : undefined} aria-label={title}>
        {rows.map((row) => (
          <ReceiptPerson
            key={row.person_id}
            post={post.id}
            row={row}
            at={column === 'confirmed' ? row.done_at : row.read_at}
            missing={column !== 'confirmed'}
            canWithdraw={canWithdraw && column !== 'confirmed'}
          />
        ))}
        {found.hasNextPage && (
          <li className={classes.more}>
            <Button variant="subtle" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {t('ui.load_more')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}
