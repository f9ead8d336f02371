// Asks once, then the post is gone for everybody; whoever stood on its own page goes back to where they came from.
import { navigate } from 'wouter/use-browser-location'
import { api } from '../../api/client'
import type { Id, Kind } from '../../api/types'
import { say, useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { toast } from '../../ui/toasts'
import { arrivedHere } from '../wentBack'

const GONE: Kind[] = ['post', 'receipt', 'receipt_ask', 'tally/receipts']

export default function DeletePost({ id, onClose }: { id: Id; onClose: () => void }) {
  const t = useT()
  const remove = async (): Promise<void> => {
    const answer = await api.delete(`/posts/${id}`)
    toast(say('feed.deleted'), { tone: 'good' })
    if (location.pathname === `/posts/${id}`) {
      if (arrivedHere()) history.back()
      else navigate('/', { replace: true })
    }
    applyAnswer(
      answer.seq,
      GONE.map((kind) => ({ op: 'drop' as const, kind, id })),
    )
  }
  return (
    <ConfirmDialog opened title={t('feed.delete_title')} confirm={t('feed.delete')} onConfirm={remove} onClose={onClose}>
      {t('feed.delete_text')}
    </ConfirmDialog>
  )
}
