// «Mentioned in»: what carries or names a thing, newest first. What mentions it is heard as the post or message it is.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../api/client'
import type { CarriedCard, Ref, Traces as Page } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer } from '../live/answers'
import { useSelector } from '../live/hooks'
import type { Store } from '../live/store'
import { Card } from './Card'
import classes from './Card.module.css'

const ADDRESSES: Record<string, string> = { post: '/posts/', conversation: '/chat/' }

/** How many of the things this client knows mention it: when that grows, the list is old. */
function mentioning({ kind, id }: Ref) {
  const address = ADDRESSES[kind] ? `${ADDRESSES[kind]}${id}` : null
  const names = (one: { cards?: CarriedCard[]; text: string }): boolean =>
    (one.cards ?? []).some((card) => card.kind === kind && card.id === id) || (address !== null && one.text.includes(address))
  return (store: Store): number => store.all('post').filter(names).length + store.all('message').filter(names).length
}

export function Traces({ kind, id }: Ref) {
  const t = useT()
  const known = useSelector(['post', 'message'], useCallback(mentioning({ kind, id }), [kind, id]))
  const pages = useInfiniteQuery({
    queryKey: ['links', kind, id, known],
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<Page>(`/links/${kind}/${id}`, { query: { cursor: pageParam }, signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    retry: false,
  })
  const found = pages.data?.pages.flatMap((page) => page.items) ?? []
  const hidden = (pages.data?.pages ?? []).reduce((sum, page) => sum + page.hidden, 0)
  if (found.length === 0 && hidden === 0) return null
  return (
    <section className={classes.traces} aria-label={t('cards.mentioned_in')}>
      <h2 className={classes.heading}>{t('cards.mentioned_in')}</h2>
      <ul className={classes.list}>
        {found.map(({ source }) => (
          <li key={`${source.kind}/${source.id}`}>
            <Card about={source} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className={classes.note}>{t('cards.hidden', { count: hidden })}</p>}
      {pages.hasNextPage && (
        <Button variant="subtle" fullWidth loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('search.more')}
        </Button>
      )}
    </section>
  )
}
