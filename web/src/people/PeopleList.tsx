// The found colleagues, virtual, with the states of a list: loading, nobody, failed.
import { Button, Skeleton } from '@mantine/core'
import { IconFileUpload, IconUsers } from '@tabler/icons-react'
import { useCallback } from 'react'
import { Link } from 'wouter'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'
import { problemText } from '../ui/ProblemText'
import { VirtualList } from '../ui/VirtualList'
import classes from './PeoplePage.module.css'
import { PersonRow } from './PersonRow'
import { useDirectory } from './useDirectory'

interface Props {
  q: string
  department: Id | null
  mayImport: boolean
}

export function PeopleList({ q, department, mayImport }: Props) {
  const t = useT()
  const { ids, isPending, isError, error, refetch, isPlaceholderData, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } =
    useDirectory(q, department)
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])
  if (isPending) {
    return (
      <div aria-busy="true">
        {[0, 1, 2, 3].map((n) => (
          <Skeleton key={n} height={56} mb={8} radius="md" />
        ))}
        <span className="tf-hidden">{t('ui.loading')}</span>
      </div>
    )
  }
  if (isError && ids.length === 0) {
    return <EmptyState title={problemText(error)} action={<Button onClick={() => void refetch()}>{t('ui.try_again')}</Button>} />
  }
  if (ids.length === 0) {
    const alone = q === '' && department === null
    return (
      <EmptyState
        icon={<IconUsers size={48} stroke={1.4} />}
        title={t(alone ? 'people.nobody' : 'ui.nobody_found')}
        action={
          alone && mayImport ? (
            <Button component={Link} href="/people/import" leftSection={<IconFileUpload size={18} />}>
              {t('people.import')}
            </Button>
          ) : undefined
        }
      >
        {alone ? '' : t('people.try_other_words')}
      </EmptyState>
    )
  }
  return (
    <div className={classes.list} data-stale={isPlaceholderData || undefined}>
      <VirtualList
        key={`${q}/${department}`}
        count={ids.length}
        keyOf={(index) => ids[index] ?? index}
        estimate={64}
        label={t('people.title')}
        onNearEnd={more}
      >
        {(index) => <PersonRow id={ids[index] ?? 0} />}
      </VirtualList>
      {isFetchNextPageError && (
        <div className={classes.more}>
          <Button variant="default" onClick={() => void fetchNextPage()}>
            {problemText(error)} {t('ui.try_again')}
          </Button>
        </div>
      )}
    </div>
  )
}
