// The templates as they are now, and what I handed in lately.
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../api/client'
import type { LogTemplates, LogTemplateView } from '../api/generated'
import type { Id } from '../api/types'
import { logOf } from '../feed/kinds/log/LogBody'
import { applyAnswer, putChange } from '../live/answers'
import { useMyId } from '../live/bootstrap'
import { useSelector } from '../live/hooks'
import { type Store, store } from '../live/store'

const ORDER = { day: 1, week: 2, month: 3 } as const

function inOrder(from: Store): LogTemplateView[] {
  return [...from.all('log_template')].sort((a, b) => ORDER[a.rhythm] - ORDER[b.rhythm] || a.id - b.id)
}

export interface Templates {
  all: LogTemplateView[]
  offered: LogTemplateView[]
  /** The company's day; empty while nothing has arrived. */
  today: string
  error: unknown
  isPending: boolean
  /** The post in which I handed in this period of a template. */
  mineFor: (template: Id, begin: string) => Id | undefined
}

export function useTemplates(): Templates {
  const me = useMyId()
  const found = useQuery({
    queryKey: ['log-templates', store.generation],
    queryFn: async ({ signal }) => {
      const { data, seq } = await api.get<LogTemplates>('/log-templates', { signal })
      applyAnswer(seq, data.items.map((one) => putChange('log_template', one.id, one)))
      return data
    },
    staleTime: 0,
  })
  const all = useSelector(['log_template'], inOrder)
  // What was handed in since is a post that the store has.
  const select = useCallback(
    (from: Store) => from.posts().filter((post) => post.author_id === me && post.kind === 'log'),
    [me],
  )
  const written = useSelector(['post'], select)
  const mineFor = (template: Id, begin: string): Id | undefined =>
    written.find((post) => logOf(post)?.template_id === template && logOf(post)?.period === begin)?.id ??
    found.data?.mine.find((one) => one.template_id === template && one.period === begin)?.post_id
  return {
    all,
    offered: all.filter((one) => one.is_active),
    today: found.data?.today ?? '',
    error: found.error,
    isPending: found.isPending,
    mineFor,
  }
}
