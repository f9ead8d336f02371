// The employees whom the list does not name: to look at, one press from each card. Nothing happens to them.
import { Button, Collapse } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client'
import type { List, Person } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyList } from '../../live/answers'
import { ProblemText } from '../../ui/ProblemText'
import { PersonRow } from '../PersonRow'
import classes from './Import.module.css'
import type { Run } from './runs'

export function MissingPeople({ run }: { run: Run }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const found = useInfiniteQuery({
    queryKey: ['import', run.id, 'missing'],
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<List<Person>>(`/people/imports/${run.id}/missing`, {
        query: { cursor: pageParam, limit: 50 },
        signal,
      })
      return { ids: applyList('person', answer), next: answer.data.next }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: open,
  })
  if (run.missing === 0) return null
  const ids = found.data?.pages.flatMap((page) => page.ids) ?? []
  return (
    <section className={classes.card} aria-label={t('people.missing')}>
      <h2 className={classes.title}>{t('people.missing_count', { count: run.missing })}</h2>
      <p className={classes.text}>{t('people.missing_text')}</p>
      <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'people.hide_missing' : 'people.show_missing')}
      </Button>
      <Collapse expanded={open}>
        <ul className={classes.missing}>
          {ids.map((id) => (
            <li key={id}>
              <PersonRow id={id} />
            </li>
          ))}
        </ul>
        <ProblemText error={found.error} />
        {found.hasNextPage && (
          <Button variant="default" loading={found.isFetching} onClick={() => void found.fetchNextPage()}>
            {t('people.more_missing')}
          </Button>
        )}
      </Collapse>
    </section>
  )
}
