// How many have confirmed, of a post in view: from events, watched by those who are asked, fetched where nothing came yet.
import { useEffect } from 'react'
import { api } from '../../api/client'
import type { Id, ReceiptRows, ReceiptsTally } from '../../api/types'
import { applyAnswer, putChange } from '../../live/answers'
import { useEntity } from '../../live/hooks'
import { readied } from '../../live/socket'
import { useWatch } from '../../live/watch'

const asking = new Set<Id>()

async function fetchTally(post: Id): Promise<void> {
  if (asking.has(post)) return
  asking.add(post)
  try {
    const { data, seq } = await api.get<ReceiptRows>(`/posts/${post}/receipts`, { query: { limit: 1 } })
    applyAnswer(seq, [putChange('tally/receipts', post, data.counts), ...(data.also ?? [])])
  } catch {
    /* the bar shows no numbers */
  } finally {
    asking.delete(post)
  }
}

/** `mine`: the author hears the tally without a watch, after a gap too. Null: not to be seen by this viewer. */
export function useTally(post: Id, who: 'mine' | 'watched' | null): ReceiptsTally | undefined {
  useWatch('receipts', who === 'watched' ? post : null)
  const tally = useEntity('tally/receipts', post)
  const missing = tally === undefined
  useEffect(() => {
    if (who && missing) void fetchTally(post)
  }, [who, missing, post])
  useEffect(() => (who === 'watched' ? readied.on(() => void fetchTally(post)) : undefined), [who, post])
  return who ? tally : undefined
}
