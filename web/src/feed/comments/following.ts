// Whether I am told of a post's new comments: what I chose, else because it is mine or I wrote there.
import { useCallback } from 'react'
import { api } from '../../api/client'
import type { Id } from '../../api/types'
import { say } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useMyId } from '../../live/bootstrap'
import { useEntity, useSelector } from '../../live/hooks'
import type { Store } from '../../live/store'
import { problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'

export function useFollowing(post: Id): { follows: boolean; choose: (follows: boolean) => Promise<void> } {
  const me = useMyId()
  const chosen = useEntity('follow', post)
  const isMine = useEntity('post', post)?.author_id === me
  const wrote = useSelector(
    ['comment'],
    useCallback((store: Store) => store.all('comment').some((one) => one.post_id === post && one.author_id === me), [post, me]),
    Object.is,
  )
  const choose = async (follows: boolean): Promise<void> => {
    try {
      const path = `/posts/${post}/follow`
      const answer = await (follows ? api.put(path, {}) : api.delete(path))
      applyAnswer(answer.seq, [putChange('follow', post, { post_id: post, follows })])
      toast(say(follows ? 'comments.followed' : 'comments.unfollowed'), { tone: 'good' })
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  return { follows: chosen?.follows ?? (isMine || wrote), choose }
}
