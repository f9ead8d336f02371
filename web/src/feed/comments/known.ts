// What the store knows of a post's comments and likes: selectors for cards and the post's own page.
import { useCallback } from 'react'
import type { Comment, Id } from '../../api/types'
import { useEntity, useSelector } from '../../live/hooks'
import type { Store } from '../../live/store'

export const LATEST = 2

/** Comments with numbers from…to, oldest first. */
export function useComments(post: Id, from: number, to: number): Comment[] {
  const select = useCallback(
    (store: Store) =>
      store
        .all('comment')
        .filter((one) => one.post_id === post && one.number >= from && one.number <= to)
        .sort((a, b) => a.number - b.number),
    [post, from, to],
  )
  return useSelector(['comment'], select)
}

export function useCommentCount(post: Id): { count: number; last: number } {
  const tally = useEntity('tally/comments', post)
  return { count: tally?.comments ?? 0, last: tally?.last_number ?? 0 }
}

export interface Likes {
  count: number
  mine: boolean
}
export function useLikes(kind: 'post' | 'comment', id: Id): Likes {
  const ofPost = useEntity('tally/likes', kind === 'post' ? id : null)
  const ofComment = useEntity('tally/comment_likes', kind === 'comment' ? id : null)
  const mine = useEntity(kind === 'post' ? 'like' : 'comment_like', id)
  return { count: (kind === 'post' ? ofPost : ofComment)?.likes ?? 0, mine: mine !== undefined }
}
