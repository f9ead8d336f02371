// What becomes of every row: a table at a desk, cards on a phone, thousands of them if need be.
import { Button, Skeleton } from '@mantine/core'
import { useCallback } from 'react'
import { useT } from '../../i18n/i18n'
import { problemText } from '../../ui/ProblemText'
import { VirtualList } from '../../ui/VirtualList'
import { RunRow } from './RunRow'
import classes from './RunRows.module.css'
import { type Outcome, type Run, useRows } from './runs'

export function RunRows({ run, outcome }: { run: Run; outcome: Outcome | null }) {
  const t = useT()
  const { rows, isPending, isError, error, refetch, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = useRows(
    run.id,
    outcome,
  )
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])
  return (
    <section className={classes.rows} aria-label={t('people.rows')}>
      <div className={classes.heading} aria-hidden>
        <span>{t('people.row')}</span>
        <span>{t('people.outcome')}</span>
        <span>{t('people.column_name')}</span>
        <span>{t('people.details')}</span>
      </div>
      {isPending && <Skeleton height={56} radius={0} role="img" aria-label={t('ui.loading')} />}
      {rows.length > 0 && (
        <VirtualList
          key={`${run.id}/${outcome}`}
          count={rows.length}
          keyOf={(index) => rows[index]?.row ?? index}
          estimate={57}
          label={t('people.rows')}
          onNearEnd={more}
        >
          {(index) => {
            const row = rows[index]
            return row ? <RunRow row={row} /> : null
          }}
        </VirtualList>
      )}
      {!isPending && !isError && rows.length === 0 && <p className={classes.none}>{t('people.no_such_rows')}</p>}
      {isError && (
        <div className={classes.none}>
          <Button variant="default" onClick={() => void (rows.length > 0 ? fetchNextPage() : refetch())}>
            {problemText(error)} {t('ui.try_again')}
          </Button>
        </div>
      )}
    </section>
  )
}
