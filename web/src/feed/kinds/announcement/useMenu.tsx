// What who announced may still do: pin it or not, end it early or say anew until when it holds.
import { IconCalendarX, IconPin, IconPinnedOff } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../../api/client'
import type { Post } from '../../../api/types'
import { say, useT } from '../../../i18n/i18n'
import { applyAnswer, putChange } from '../../../live/answers'
import { useCan, useMyId } from '../../../live/bootstrap'
import { problemText } from '../../../ui/ProblemText'
import { toast } from '../../../ui/toasts'
import type { MenuPart } from '../declared'
import { detailsOf } from './standing'

const ExpiryDialog = lazy(() => import('./ExpiryDialog'))

/** Rejects with what the server refused. */
export async function stand(post: Post, pinned: boolean, expires_at: string | null): Promise<void> {
  const answer = await api.put<Post>(`/posts/${post.id}/announcement`, { pinned, expires_at })
  applyAnswer(answer.seq, [putChange('post', post.id, answer.data)])
}

async function pin(post: Post, pinned: boolean, expires_at: string | null): Promise<void> {
  try {
    await stand(post, pinned, expires_at)
    toast(say(pinned ? 'kinds.now_pinned' : 'kinds.now_unpinned'), { tone: 'good' })
  } catch (error) {
    toast(problemText(error), { tone: 'bad' })
  }
}

export function useMenu(post: Post): MenuPart {
  const t = useT()
  const mine = useMyId() === post.author_id
  const moderates = useCan('post.moderate')
  const [choosing, setChoosing] = useState(false)
  const details = detailsOf(post)
  if (!details || !(mine || moderates)) return { choices: [], dialog: null }
  const { pinned, expires_at } = details
  return {
    choices: [
      {
        icon: pinned ? IconPinnedOff : IconPin,
        label: t(pinned ? 'kinds.unpin' : 'kinds.pin'),
        onChoose: () => void pin(post, !pinned, expires_at),
      },
      { icon: IconCalendarX, label: t('kinds.set_expiry'), onChoose: () => setChoosing(true) },
    ],
    dialog: choosing && (
      <Suspense>
        <ExpiryDialog post={post} details={details} onClose={() => setChoosing(false)} />
      </Suspense>
    ),
  }
}
