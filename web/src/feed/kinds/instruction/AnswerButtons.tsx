// «Received» and «done», for myself: on the card and beside the to-do.
import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../../api/client'
import type { Entities, Id } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { applyAnswer, putChange } from '../../../live/answers'
import { useEntity } from '../../../live/hooks'
import { problemText } from '../../../ui/ProblemText'
import { toast } from '../../../ui/toasts'
import classes from '../KindBar.module.css'

export function AnswerButtons({ post }: { post: Id }) {
  const t = useT()
  const mine = useEntity('instruction', post)
  const give = useMutation({
    mutationFn: async (state: 'received' | 'done') => {
      const answer = await api.put<Entities['instruction']>(`/posts/${post}/answer`, { state })
      applyAnswer(answer.seq, [
        putChange('instruction', post, answer.data),
        ...(answer.data.state === 'done' ? [{ op: 'drop', kind: 'todo/instruction', id: post } as const] : []),
      ])
    },
    onError: (error) => toast(problemText(error), { tone: 'bad' }),
  })
  if (mine?.state === 'done') {
    return (
      <span className={classes.done} role="status">
        <IconCircleCheck size={20} aria-hidden />
        {t('kinds.answered_done')}
      </span>
    )
  }
  if (mine?.state !== 'open' && mine?.state !== 'received') return null
  const busy = (state: string): boolean => give.isPending && give.variables === state
  return (
    <span className={classes.buttons}>
      {mine.state === 'open' && (
        <Button variant="default" loading={busy('received')} onClick={() => give.mutate('received')}>
          {t('kinds.receive')}
        </Button>
      )}
      <Button loading={busy('done')} onClick={() => give.mutate('done')}>
        {t('kinds.finish')}
      </Button>
    </span>
  )
}
