// Which of a post's comments its page shows: one run of numbers, from…to, anywhere among thousands. What comes live behind its end
// waits behind «3 new» unless the reader stands there; after a gap in the line the run is read again.
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../../api/client'
import { type ApiProblem, asProblem } from '../../api/problem'
import type { Comment, Id, Item, List } from '../../api/types'
import { applyItem, applyList } from '../../live/answers'
import { commented } from '../../live/carry'
import { frames } from '../../live/socket'
import { store } from '../../live/store'

const PAGE = 30
const AGAIN = 100

export interface Pages {
  from: number
  to: number
  /** Something is there to be shown, or it is known that nothing is. */
  ready: boolean
  busy: boolean
  problem: ApiProblem | null
  /** The comment of the link is not there (any more). */
  gone: boolean
  earlier: () => void
  later: () => void
  toEnd: () => void
  around: (comment: Id) => Promise<boolean>
  again: () => void
}

interface Run {
  from: number
  to: number
}

async function fetchRun(post: Id, query: Record<string, number>): Promise<{ run: Run | null; seq: number }> {
  const answer = await api.get<List<Comment>>(`/posts/${post}/comments`, { query })
  applyList('comment', answer)
  const { items } = answer.data
  const first = items[0]
  const last = items.at(-1)
  return { run: first && last ? { from: first.number, to: last.number } : null, seq: answer.seq }
}

function lastNumber(post: Id): number {
  return store.get('tally/comments', post)?.last_number ?? 0
}

/** Whether every number behind `to` is in the store already. */
function hasAllAfter(post: Id, to: number, last: number): boolean {
  if (last - to > AGAIN) return false
  const known = new Set(store.all('comment').filter((one) => one.post_id === post).map((one) => one.number))
  for (let number = to + 1; number <= last; number += 1) if (!known.has(number)) return false
  return true
}

export function usePages(post: Id, linked: Id | null): Pages {
  const [run, setRun] = useState<Run | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [gone, setGone] = useState(false)
  const now = useRef<Run | null>(null)
  now.current = run
  const seen = useRef(0)

  const load = useCallback(async (query: Record<string, number>, join: (found: Run | null) => Run): Promise<boolean> => {
    setBusy(true)
    setProblem(null)
    try {
      const { run: found, seq } = await fetchRun(post, query)
      seen.current = Math.max(seen.current, seq)
      setRun(join(found))
      return true
    } catch (error) {
      setProblem(asProblem(error))
      return false
    } finally {
      setBusy(false)
    }
  }, [post])

  const newest = useCallback(
    () => load({ limit: PAGE }, (found) => found ?? { from: lastNumber(post) + 1, to: lastNumber(post) }),
    [load, post],
  )
  const around = useCallback(
    async (comment: Id): Promise<boolean> => {
      setGone(false)
      try {
        let known = store.get('comment', comment)
        if (!known) {
          applyItem('comment', await api.get<Item<Comment>>(`/comments/${comment}`))
          known = store.get('comment', comment)
        }
        if (!known || known.post_id !== post) throw asProblem(new Error('elsewhere'))
        const { number } = known
        const shown = now.current
        if (shown && shown.from <= number && number <= shown.to) return true
        return await load({ around: number, limit: PAGE }, (found) => found ?? { from: number, to: number })
      } catch {
        setGone(true)
        return false
      }
    },
    [load, post],
  )

  const begin = useCallback(async () => {
    if (linked === null || !(await around(linked))) await newest()
  }, [linked, around, newest])
  useEffect(() => {
    void begin()
  }, [begin])

  /** `known`: a number that is surely there, though the count may not have come yet. */
  const showEnd = useCallback(
    (known: number) => {
      const shown = now.current
      const last = Math.max(known, lastNumber(post))
      if (shown && hasAllAfter(post, shown.to, last)) setRun({ from: shown.from, to: Math.max(shown.to, last) })
      else void newest()
    },
    [newest, post],
  )
  const toEnd = useCallback(() => showEnd(0), [showEnd])

  // A watch that begins tells from where on it hears: what lies before that and after our look may have passed us by.
  useEffect(
    () =>
      frames.on((frame) => {
        if (frame.op !== 'watching' || frame.ref.kind !== 'post' || frame.ref.id !== post) return
        const shown = now.current
        if (!shown || frame.seq <= seen.current || shown.to < shown.from) return
        const after = Math.max(shown.from - 1, shown.to - AGAIN)
        void load({ after, limit: AGAIN }, () => shown)
      }),
    [load, post],
  )
  useEffect(() => commented.on(({ comment }) => comment.post_id === post && showEnd(comment.number)), [post, showEnd])

  return {
    from: run?.from ?? 1,
    to: run?.to ?? 0,
    ready: run !== null,
    busy,
    problem,
    gone,
    earlier: () => run && void load({ before: run.from, limit: PAGE }, (found) => ({ from: found?.from ?? run.from, to: run.to })),
    later: () => run && void load({ after: run.to, limit: PAGE }, (found) => ({ from: run.from, to: found?.to ?? run.to })),
    toEnd,
    around,
    again: () => void begin(),
  }
}
