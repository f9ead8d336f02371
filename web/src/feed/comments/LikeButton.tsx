// One press likes, another takes it back; the number beside it says who. Shown at once, taken back when it was refused.
import { IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../api/client'
import type { Entities, Id } from '../../api/types'
import { say, useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useCan } from '../../live/bootstrap'
import { toast } from '../../ui/toasts'
import classes from './LikeButton.module.css'
import { useLikes } from './known'

const Likers = lazy(() => import('./Likers'))

interface Props {
  kind: 'post' | 'comment'
  id: Id
  label: string
}

export function LikeButton({ kind, id, label }: Props) {
  const t = useT()
  const may = useCan('post.comment')
  const { count, mine } = useLikes(kind, id)
  const [wanted, setWanted] = useState<boolean | null>(null)
  const [listed, setListed] = useState(false)
  const isOn = wanted ?? mine
  const shown = count + Number(isOn) - Number(mine)
  const press = async (): Promise<void> => {
    if (wanted !== null) return
    setWanted(!mine)
    try {
      await send(kind, id, !mine)
    } catch {
      toast(say('comments.like_failed'), { tone: 'bad' })
    } finally {
      setWanted(null)
    }
  }
  const Icon = isOn ? IconThumbUpFilled : IconThumbUp
  return (
    <span className={classes.like}>
      <button
        type="button"
        className={classes.press}
        data-on={isOn || undefined}
        aria-pressed={isOn}
        aria-label={label}
        disabled={!may}
        onClick={() => void press()}
      >
        <Icon size={18} aria-hidden />
        {shown === 0 && <span aria-hidden>{t('comments.like')}</span>}
      </button>
      {shown > 0 && (
        <button type="button" className={classes.count} aria-label={t('comments.likers', { count: shown })} onClick={() => setListed(true)}>
          {shown}
        </button>
      )}
      {listed && (
        <Suspense>
          <Likers kind={kind} id={id} onClose={() => setListed(false)} />
        </Suspense>
      )}
    </span>
  )
}

async function send(kind: Props['kind'], id: Id, on: boolean): Promise<void> {
  const path = `/${kind}s/${id}/like`
  const answer = on ? await api.put<{ likes: number }>(path, {}) : await api.delete<{ likes: number }>(path)
  const { likes } = answer.data
  const mine = kind === 'post' ? 'like' : 'comment_like'
  applyAnswer(answer.seq, [
    kind === 'post'
      ? putChange('tally/likes', id, { post_id: id, likes } satisfies Entities['tally/likes'])
      : putChange('tally/comment_likes', id, { comment_id: id, likes }),
    on ? putChange(mine, id, { at: new Date().toISOString() }) : { op: 'drop', kind: mine, id },
  ])
}
