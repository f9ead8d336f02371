// A place far back in a conversation: the found message among its neighbours, with ways to earlier, later and the newest.
import { Button, Loader } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { Link } from 'wouter'
import { api } from '../api/client'
import type { Id, List, Message } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer } from '../live/answers'
import { useMyId } from '../live/bootstrap'
import { ProblemText } from '../ui/ProblemText'
import classes from './Around.module.css'
import { MessageRow } from './MessageRow'
import { rowsOf } from './rows'

const PAGE = 50

interface Place {
  before?: number
  after?: number
}

export function Around({ id, at, isGroup }: { id: Id; at: number; isGroup: boolean }) {
  const t = useT()
  const me = useMyId()
  const found = useRef<HTMLDivElement>(null)
  const pages = useInfiniteQuery({
    queryKey: ['around', id, at],
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<List<Message>>(`/conversations/${id}/messages`, {
        query: { ...pageParam, limit: PAGE },
        signal,
      })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data.items
    },
    initialPageParam: { before: at + PAGE / 2 } as Place,
    getPreviousPageParam: (first): Place | null => {
      const number = first[0]?.number
      return number !== undefined && number > 1 ? { before: number } : null
    },
    getNextPageParam: (last): Place | null => {
      const number = last.at(-1)?.number
      return number !== undefined && last.length > 0 ? { after: number } : null
    },
    retry: false,
  })
  const messages = useMemo(() => pages.data?.pages.flat() ?? [], [pages.data])
  const rows = useMemo(
    () => rowsOf({ messages, acts: [], me, since: null, reachedStart: true }),
    [messages, me],
  )
  const isHere = messages.some((message) => message.number === at)
  useEffect(() => {
    if (isHere) found.current?.scrollIntoView({ block: 'center' })
  }, [isHere])
  return (
    <div className={classes.around}>
      <div className={classes.scroller} role="log" aria-live="off" aria-label={t('search.context')} tabIndex={0}>
        {pages.hasPreviousPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={pages.isFetchingPreviousPage}
            onClick={() => void pages.fetchPreviousPage()}
          >
            {t('search.earlier')}
          </Button>
        )}
        {pages.isPending && <Loader size="sm" className={classes.loader} aria-label={t('ui.loading')} />}
        {pages.error && <ProblemText error={pages.error} />}
        {rows.map((row) => {
          const isFound = row.type === 'message' && row.message.number === at
          return (
            <div key={row.key} ref={isFound ? found : null} data-found={isFound || undefined} className={classes.row}>
              <MessageRow row={row} isGroup={isGroup} />
            </div>
          )
        })}
        {pages.hasNextPage && (
          <Button variant="subtle" fullWidth loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('search.later')}
          </Button>
        )}
      </div>
      <Button
        component={Link}
        href={`/chat/${id}`}
        variant="light"
        leftSection={<IconArrowDown size={18} />}
        className={classes.newest}
      >
        {t('search.to_newest')}
      </Button>
    </div>
  )
}
