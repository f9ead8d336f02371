// One period: how many are in which state, their names, and what can be done about those who are missing.
import { Button, Skeleton } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/client'
import type { HandInPanel, LogTemplateView } from '../api/generated'
import type { Change } from '../api/types'
import { logOf } from '../feed/kinds/log/LogBody'
import chips from '../feed/share/Field.module.css'
import { dayOf } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { applyAnswer } from '../live/answers'
import { useAway } from '../live/away'
import { usePerson } from '../live/directory'
import { useSelector } from '../live/hooks'
import type { Store } from '../live/store'
import { showPerson } from '../people/shown'
import { Avatar } from '../ui/Avatar'
import { EmptyState } from '../ui/EmptyState'
import { ProblemText } from '../ui/ProblemText'
import { RelativeTime } from '../ui/RelativeTime'
import { Missing } from './Missing'
import classes from './Worklog.module.css'

type Row = HandInPanel['items'][number]
type State = Row['state']
const STATES: readonly State[] = ['missing', 'open', 'late', 'on_time', 'off']

export function HandedIn({ template, begin }: { template: LogTemplateView; begin: string }) {
  const t = useT()
  const [state, setState] = useState<State | ''>('')
  // Asked anew when a log of this period comes or goes.
  const count = useSelector(
    ['post'],
    useCallback(
      (from: Store) =>
        from.posts().filter((post) => logOf(post)?.template_id === template.id && logOf(post)?.period === begin).length,
      [template.id, begin],
    ),
  )
  const path = `/log-templates/${template.id}/periods/${begin}`
  const pages = useInfiniteQuery({
    queryKey: ['handed-in', template.id, begin, state, count],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<HandInPanel>(path, { query: { state, cursor: pageParam }, signal })
      applyAnswer(answer.seq, answer.data.also as Change[])
      return answer.data
    },
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    staleTime: 0,
  })
  const first = pages.data?.pages[0]
  if (pages.isPending) return <Skeleton height={200} />
  if (!first) return <ProblemText error={pages.error} />
  const { counts } = first
  const total = STATES.reduce((sum, one) => sum + counts[one], 0)
  if (total === 0) {
    return (
      <EmptyState icon={<IconUsers size={48} stroke={1.4} />} title={t('logs.nobody_below')}>
        {t('logs.nobody_below_text')}
      </EmptyState>
    )
  }
  const asked = total - counts.off
  return (
    <section aria-label={t('logs.who')}>
      <p className={classes.facts}>
        {asked === 0
          ? t('logs.day_off')
          : t('logs.handed_in_of', { done: counts.on_time + counts.late, asked, due: dayOf(first.due) })}
      </p>
      {counts.missing + counts.open > 0 && (
        <Missing
          path={path}
          template={template}
          begin={begin}
          pending={counts.missing + counts.open}
          remindAt={first.remind_at}
          onReminded={() => void pages.refetch()}
        />
      )}
      <div className={`${chips.chips} ${classes.states}`} role="group" aria-label={t('logs.which_state')}>
        {STATES.filter((one) => counts[one] > 0).map((one) => (
          <button
            key={one}
            type="button"
            className={chips.choice}
            aria-pressed={state === one}
            data-state={one}
            onClick={() => setState(state === one ? '' : one)}
          >
            {t(`logs.state_${one}`)} {counts[one]}
          </button>
        ))}
      </div>
      <ul className={classes.people}>
        {pages.data?.pages.flatMap((page) => page.items).map((row) => <Person key={row.person_id} row={row} />)}
      </ul>
      {pages.hasNextPage && (
        <Button variant="default" mt="sm" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('kinds.more_people')}
        </Button>
      )}
    </section>
  )
}

function Person({ row }: { row: Row }) {
  const t = useT()
  const person = usePerson(row.person_id)
  const name = person?.name ?? '…'
  const away = useAway(person)
  return (
    <li className={classes.person} data-person={row.person_id} data-state={row.state}>
      <button type="button" className={classes.name} onClick={() => showPerson(row.person_id)}>
        <Avatar id={row.person_id} name={name} size={36} />
        <span className={classes.words}>
          <span>{name}</span>
          <span className={classes.hint}>
            {row.reminded_at && !row.at ? (
              <>
                {t('logs.reminded')} <RelativeTime at={row.reminded_at} />
              </>
            ) : (
              (away && t('logs.is_away')) || person?.title
            )}
          </span>
        </span>
      </button>
      <span className={classes.state} data-state={row.state}>
        {t(`logs.state_${row.state}`)}
        {row.at && (
          <span className={classes.hint}>
            <RelativeTime at={row.at} />
          </span>
        )}
      </span>
      {row.post_id !== null && (
        <Link href={`/posts/${row.post_id}`} className={classes.open} aria-label={t('logs.open_of', { name })}>
          {t('logs.open')}
        </Link>
      )}
    </li>
  )
}
