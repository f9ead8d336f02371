// The announcements that I may read, in a list of their own: those that hold, and those that have expired.
import { Button, Loader, SegmentedControl } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../../api/client'
import type { List, Post } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { applyList } from '../../../live/answers'
import { useSelector } from '../../../live/hooks'
import type { Store } from '../../../live/store'
import { store } from '../../../live/store'
import { ShownPerson } from '../../../people/ShownPerson'
import { EmptyState } from '../../../ui/EmptyState'
import { useNow } from '../../../ui/now'
import { Page } from '../../../ui/Page'
import { ProblemText } from '../../../ui/ProblemText'
import { PostCard } from '../../card/PostCard'
import { PostSkeleton } from '../../card/PostSkeleton'
import { arrivedHere } from '../../wentBack'
import classes from './PinnedAnnouncements.module.css'
import { detailsOf, standingOf } from './standing'

type State = 'current' | 'expired'

export default function AnnouncementsPage() {
  const t = useT()
  const [, go] = useLocation()
  const now = useNow()
  const [state, setState] = useState<State>('current')
  const pages = useInfiniteQuery({
    queryKey: ['announcements', state, store.generation],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<List<Post>>('/announcements', { query: { state, cursor: pageParam }, signal })
      return { ids: applyList('post', answer), next: answer.data.next }
    },
    getNextPageParam: (last) => last.next,
  })
  const oldest = pages.hasNextPage ? (pages.data?.pages.at(-1)?.ids.at(-1) ?? 0) : 0
  // What lies within the pages that were asked for is what the store holds: so it is right as it changes.
  const select = (from: Store): number[] =>
    from
      .posts()
      .filter((post) => {
        const details = detailsOf(post)
        return post.id >= oldest && details !== null && (standingOf(details, now) === 'expired') === (state === 'expired')
      })
      .map((post) => post.id)
  const ids = useSelector(['post'], select)
  return (
    <Page title={t('kinds.announcements')} onBack={() => (arrivedHere() ? history.back() : go('/'))}>
      <SegmentedControl
        className={classes.tabs}
        aria-label={t('kinds.announcements')}
        value={state}
        onChange={(value) => setState(value as State)}
        data={[
          { value: 'current', label: t('kinds.current') },
          { value: 'expired', label: t('kinds.expired') },
        ]}
      />
      <ProblemText error={pages.error} />
      {pages.isPending && <PostSkeleton />}
      {pages.isSuccess && ids.length === 0 && (
        <EmptyState icon={<IconSpeakerphone size={48} stroke={1.4} />} title={t(`kinds.no_${state}`)}>
          {t('kinds.no_announcements_text')}
        </EmptyState>
      )}
      {pages.isSuccess && (
        <div className={classes.list}>
          {ids.map((id) => (
            <PostCard key={id} id={id} />
          ))}
        </div>
      )}
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {t('kinds.more')}
        </Button>
      )}
      {pages.isFetching && !pages.isPending && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
      <ShownPerson />
    </Page>
  )
}
