// A post by id, fetched when the store has none: to-dos may be older than the loaded timeline.
import { useEffect, useState } from 'react'
import { api } from '../../api/client'
import { asProblem, type ApiProblem } from '../../api/problem'
import type { Id, Item, Post } from '../../api/types'
import { applyItem } from '../../live/answers'
import { useEntity } from '../../live/hooks'
import { store } from '../../live/store'

export interface Found {
  post: Post | undefined
  problem: ApiProblem | null
  again: () => void
}

export function usePost(id: Id): Found {
  const post = useEntity('post', id)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [attempt, setAttempt] = useState(0)
  const missing = post === undefined
  useEffect(() => {
    setProblem(null)
    if (!missing || !Number.isSafeInteger(id) || id <= 0) return
    const control = new AbortController()
    api.get<Item<Post>>(`/posts/${id}`, { signal: control.signal }).then(
      (answer) => {
        applyItem('post', answer)
        // An answer that is older than a drop we know of brings nothing: the post is gone.
        if (!store.get('post', id)) setProblem(asGone())
      },
      (error: unknown) => {
        if (!control.signal.aborted) setProblem(asProblem(error))
      },
    )
    return () => control.abort()
  }, [id, missing, attempt])
  return { post, problem, again: () => setAttempt((n) => n + 1) }
}

function asGone(): ApiProblem {
  return asProblem(new Error('gone'))
}
