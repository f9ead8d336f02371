// The posts that fit a filter, newest first; what comes to fit appears, what no longer does goes.
import { Button, Loader } from '@mantine/core'
import { IconAt, IconBell, IconEyeOff, IconMoodEmpty, IconPencil, IconStar, type Icon } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useT } from '../../i18n/i18n'
import { readied } from '../../live/socket'
import { store } from '../../live/store'
import { EmptyState } from '../../ui/EmptyState'
import { problemText } from '../../ui/ProblemText'
import { VirtualList } from '../../ui/VirtualList'
import { PostCard } from '../card/PostCard'
import { PostSkeleton } from '../card/PostSkeleton'
import classes from '../Timeline.module.css'
import { wentBack } from '../wentBack'
import { useTopic } from '../topic/choices'
import { addressOf, type Filter, type Which } from './filter'
import { lookFurther, useFound } from './found'

const ICONS: Record<Which, Icon> = {
  mine: IconPencil,
  mentions: IconAt,
  followed: IconBell,
  favourites: IconStar,
  hidden: IconEyeOff,
}

export function FilteredTimeline({ filter: asked }: { filter: Filter }) {
  const t = useT()
  const keys = useTopic(asked.topic).data?.keys
  const filter = keys ? { ...asked, keys } : asked
  const { ids, isNew, busy, problem, isEnd } = useFound(filter)
  const [returned] = useState(wentBack)
  const more = (): void => void lookFurther(filter)
  const address = addressOf(filter)
  useEffect(
    () => readied.on(() => void (problem?.isPassing && lookFurther(filter))),
    // biome-ignore lint: a filter is compared by its address
    [problem, address],
  )
  return (
    <section className={classes.timeline} data-kind={filter.kind ?? undefined} data-timeline tabIndex={-1} aria-label={t('feed.timeline')}>
      {isNew && <PostSkeleton />}
      {!isNew && ids.length === 0 && isEnd && <Nothing filter={filter} />}
      {!isNew && ids.length > 0 && (
        <VirtualList
          key={`${store.generation} ${address}`}
          count={ids.length}
          keyOf={(index) => ids[index] ?? index}
          estimate={220}
          gap={12}
          role="feed"
          label={t('feed.timeline')}
          onNearEnd={problem ? undefined : more}
          keep={`timeline ${address}`}
          restore={returned}
        >
          {(index) => <PostCard id={ids[index] ?? 0} />}
        </VirtualList>
      )}
      <div className={classes.end} role="status">
        {busy && !isNew && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
        {problem && !busy && (
          <>
            <span>{problemText(problem)}</span>
            <Button variant="default" onClick={more}>
              {t('ui.try_again')}
            </Button>
          </>
        )}
        {isEnd && ids.length > 8 && <span>{t('feed.no_more')}</span>}
      </div>
    </section>
  )
}

function Nothing({ filter: { which } }: { filter: Filter }) {
  const t = useT()
  const NothingIcon = which ? ICONS[which] : IconMoodEmpty
  return (
    <EmptyState
      icon={<NothingIcon size={48} stroke={1.4} />}
      title={t(`feed.none_${which ?? 'fits'}`)}
      action={
        <Button component={Link} href="/" variant="default">
          {t('feed.show_all')}
        </Button>
      }
    >
      {t(`feed.none_${which ?? 'fits'}_text`)}
    </EmptyState>
  )
}
