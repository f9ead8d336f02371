// The posts, newest first, without end: pages follow while one scrolls, new ones wait behind «3 new».
import { Button, Loader } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useT } from '../i18n/i18n'
import { useBootstrap } from '../live/bootstrap'
import { useSignal } from '../live/emitter'
import { readied } from '../live/socket'
import { store } from '../live/store'
import { EmptyState } from '../ui/EmptyState'
import { problemText } from '../ui/ProblemText'
import { VirtualList } from '../ui/VirtualList'
import { PostCard } from './card/PostCard'
import { PostSkeleton } from './card/PostSkeleton'
import { FreshPosts } from './FreshPosts'
import classes from './Timeline.module.css'
import { beginTimeline, loadMore, pages, showFresh } from './timeline'
import { useShownPosts } from './useShownPosts'
import { WaitingShares } from './WaitingShares'
import { wentBack } from './wentBack'

export function Timeline({ onShare }: { onShare: () => void }) {
  const t = useT()
  const boot = useBootstrap()
  const { next, busy, problem, generation } = useSignal(pages)
  const ids = useShownPosts()
  const [returned] = useState(wentBack)
  useEffect(() => {
    if (boot) beginTimeline(boot)
  }, [boot])
  // Opened afresh, the page shows everything; only what comes while it is open has to wait.
  useEffect(() => {
    if (!returned) showFresh()
  }, [returned])
  useEffect(() => readied.on(() => pages.get().problem?.isPassing && void loadMore()), [])

  if (!boot || generation === -1) {
    return (
      <Frame>
        <PostSkeleton />
      </Frame>
    )
  }
  return (
    <Frame>
      <FreshPosts />
      <WaitingShares />
      {ids.length === 0 && !busy ? (
        <EmptyState
          icon={<IconSpeakerphone size={48} stroke={1.4} />}
          title={t('feed.empty')}
          action={<Button onClick={onShare}>{t('feed.first_share')}</Button>}
        >
          {t('feed.empty_text')}
        </EmptyState>
      ) : (
        <VirtualList
          key={store.generation}
          count={ids.length}
          keyOf={(index) => ids[index] ?? index}
          estimate={220}
          gap={12}
          role="feed"
          label={t('feed.timeline')}
          onNearEnd={problem ? undefined : loadMoreSoon}
          keep="timeline"
          restore={returned}
        >
          {(index) => <PostCard id={ids[index] ?? 0} />}
        </VirtualList>
      )}
      <div className={classes.end} role="status">
        {busy && <Loader size="sm" aria-label={t('ui.loading')} />}
        {problem && !busy && (
          <>
            <span>{problemText(problem)}</span>
            <Button variant="default" onClick={() => void loadMore()}>
              {t('ui.try_again')}
            </Button>
          </>
        )}
        {!busy && !problem && next === null && ids.length > 8 && <span>{t('feed.no_more')}</span>}
      </div>
    </Frame>
  )
}

function loadMoreSoon(): void {
  void loadMore()
}

function Frame({ children }: { children: ReactNode }) {
  const t = useT()
  return (
    <section className={classes.timeline} data-timeline tabIndex={-1} aria-label={t('feed.timeline')}>
      {children}
    </section>
  )
}
