// Asks the server, a little after the last change, who will not see what is being written (N2). Silent while it does not know.
import { useEffect, useMemo, useState } from 'react'
import { api } from '../../api/client'
import type { Audience, Reach, Ref } from '../../api/types'
import { applyAnswer } from '../../live/answers'

const CALM = 500 // ms without a change

export interface ReachAsked {
  audience: Audience
  people: number[]
  departments: number[]
  cards: Ref[]
}

/** `round`: rises where it is to be asked again. Null: nobody is chosen, it is not known yet, or it cannot be said now. */
export function useReach(asked: ReachAsked, round = 0): Reach | null {
  const { everyone, departments, people } = asked.audience
  const isEmpty = !everyone && departments.length + people.length === 0
  const body = useMemo(() => JSON.stringify(asked), [asked])
  const key = `${round} ${body}`
  const [found, setFound] = useState<{ key: string; reach: Reach } | null>(null)
  useEffect(() => {
    if (isEmpty || found?.key === key) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      api
        .post<Reach>('/posts/audience-check', JSON.parse(body), { signal: stop.signal })
        .then((answer) => {
          applyAnswer(answer.seq, answer.data.also)
          setFound({ key, reach: answer.data })
        })
        .catch(() => setFound(null))
    }, CALM)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [key, isEmpty])
  return isEmpty ? null : (found?.reach ?? null)
}
