// Its author ends a vote before its deadline: asked once, because nobody can open it again.
import { api } from '../../api/client'
import type { Id, Post } from '../../api/types'
import { say, useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { toast } from '../../ui/toasts'

export default function ClosePoll({ post, anonymous, onClose }: { post: Id; anonymous: boolean; onClose: () => void }) {
  const t = useT()
  const close = async (): Promise<void> => {
    const answer = await api.put<Post>(`/posts/${post}/poll/closing`, {})
    applyAnswer(answer.seq, [putChange('post', post, answer.data)])
    toast(say('poll.closed'), { tone: 'good' })
  }
  return (
    <ConfirmDialog opened title={t('poll.close_title')} confirm={t('poll.close')} onConfirm={close} onClose={onClose}>
      {t(anonymous ? 'poll.close_text_anonymous' : 'poll.close_text')}
    </ConfirmDialog>
  )
}
