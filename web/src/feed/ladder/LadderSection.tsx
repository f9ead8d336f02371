// The ladder on the receipts panel: what comes next, by name, and who was told so far; the author changes it here.
import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { api } from '../../api/client'
import type { Id, LadderComing, LadderPanel, LadderStep, Post } from '../../api/types'
import { applyAnswer, putChange } from '../../live/answers'
import { dayAndTime, exactTime, listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { useEntity } from '../../live/hooks'
import { store } from '../../live/store'
import { ProblemText } from '../../ui/ProblemText'
import classes from './Ladder.module.css'

const LadderDialog = lazy(() => import('./LadderDialog'))

function useLadder(post: Post) {
  return useInfiniteQuery({
    queryKey: ['ladder', post.id],
    queryFn: async ({ pageParam, signal }) => {
      const query = { cursor: pageParam || undefined }
      const { data, seq } = await api.get<LadderPanel>(`/posts/${post.id}/receipts/ladder`, { query, signal })
      const counts = pageParam === '' ? [putChange('tally/ladder', post.id, data.counts)] : []
      applyAnswer(seq, [...counts, ...data.also])
      return data
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
}

export default function LadderSection({ post, mine, moved }: { post: Post; mine: boolean; moved: string }) {
  const t = useT()
  const queries = useQueryClient()
  const [changing, setChanging] = useState(false)
  const found = useLadder(post)
  const tally = useEntity('tally/ladder', post.id)
  const stamp = [moved, post.receipts?.due_at, tally?.is_on, tally?.round, tally?.nudge, tally?.deputy, tally?.manager].join()
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['ladder', post.id] })
  }, [stamp, post.id, queries])
  const first = found.data?.pages[0]
  if (!first) return <ProblemText error={found.error} />
  const steps = found.data?.pages.flatMap((page) => page.items) ?? []
  if (!first.is_on && steps.length === 0 && !mine) return null
  return (
    <section className={classes.section} aria-label={t('ladder.title')} data-ladder={first.is_on ? 'on' : 'off'}>
      <div className={classes.head}>
        <h3 className={classes.title}>{t('ladder.title')}</h3>
        {mine && (
          <Button variant="default" onClick={() => setChanging(true)}>
            {t('ladder.change')}
          </Button>
        )}
      </div>
      {!first.is_on && <p className={classes.note}>{t('ladder.off')}</p>}
      {first.is_on && (
        <>
          <p className={classes.heading}>{t('ladder.next')}</p>
          {first.coming.length === 0 && <p className={classes.note}>{t('ladder.nothing_next')}</p>}
          <ul className={classes.steps}>
            {first.coming.map((one) => (
              <Coming key={`${one.at} ${one.step}`} coming={one} />
            ))}
          </ul>
          <p className={classes.note}>{t(first.urgent ? 'ladder.plan_urgent' : 'ladder.plan_hours')}</p>
        </>
      )}
      {steps.length > 0 && (
        <>
          <p className={classes.heading}>{t('ladder.done')}</p>
          <p className={classes.note}>
            {t('ladder.counts', { nudge: first.counts.nudge, deputy: first.counts.deputy, manager: first.counts.manager })}
          </p>
          <ul className={classes.taken} tabIndex={0} aria-label={t('ladder.done')}>
            {steps.map((step) => (
              <Taken key={step.id} step={step} />
            ))}
            {found.hasNextPage && (
              <li>
                <Button variant="subtle" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                  {t('ui.load_more')}
                </Button>
              </li>
            )}
          </ul>
        </>
      )}
      {changing && (
        <Suspense>
          <LadderDialog post={post} on={first.is_on} urgent={post.urgent ?? false} onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </section>
  )
}

const nameOf = (id: Id): string => store.get('person', id)?.name ?? '…'

function Coming({ coming: { step, at, count, people } }: { coming: LadderComing }) {
  const t = useT()
  const shown = people.slice(0, 3)
  const names = listed(
    shown.map((one) =>
      step === 'nudge' ? nameOf(one.person_id) : t(`ladder.pair_${step}`, { person: nameOf(one.person_id), told: nameOf(one.told_id) }),
    ),
  )
  const whom = count > shown.length ? t('ladder.and_more', { names, count }) : names
  return (
    <li data-coming={step}>
      <span title={exactTime(at)}>{t(`ladder.coming_${step}`, { time: dayAndTime(at), names: whom })}</span>
    </li>
  )
}

function Taken({ step }: { step: LadderStep }) {
  const t = useT()
  const person = usePerson(step.person_id)?.name ?? '…'
  const told = usePerson(step.told_id)?.name ?? '…'
  return (
    <li data-taken={step.step}>
      <span>{t(`ladder.done_${step.step}`, { person, told })}</span>
      <time dateTime={step.at} title={exactTime(step.at)} className={classes.time}>
        {dayAndTime(step.at)}
      </time>
    </li>
  )
}
