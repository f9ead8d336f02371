// The author moves the due time and switches the ladder on or off; what will happen stands below before it is saved.
import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client'
import { ApiProblem } from '../../api/problem'
import type { Post } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { DueField } from '../share/DueField'
import type { DueChoice } from '../share/due'
import LadderField from './LadderField'
import classes from './Ladder.module.css'

interface Props {
  post: Post
  on: boolean
  urgent: boolean
  onClose: () => void
}

export default function LadderDialog({ post, on, urgent, onClose }: Props) {
  const t = useT()
  const due = post.receipts?.due_at ?? null
  const [form, setForm] = useState<{ choice: DueChoice; due: string | null }>({ choice: due ? 'custom' : 'none', due })
  const [isOn, setOn] = useState(on)
  const save = useMutation({
    mutationFn: () =>
      api.put<Post>(`/posts/${post.id}/receipts/ladder`, { is_on: isOn && form.due !== null, due_at: form.due }),
    onSuccess: (answer) => {
      applyAnswer(answer.seq, [putChange('post', post.id, answer.data)])
      toast(t('ladder.saved'), { tone: 'good' })
      onClose()
    },
  })
  const field = save.error instanceof ApiProblem ? save.error.problem.errors?.find((one) => one.field === 'due_at') : undefined
  return (
    <Dialog title={t('ladder.change')} onClose={onClose} tall>
      <div className={classes.field}>
        <DueField value={form} onChange={setForm} error={field} />
        <LadderField on={isOn} due={form.due} urgent={urgent} onChange={setOn} />
        {on && form.due !== due && <p className={classes.note}>{t('ladder.new_due_restarts')}</p>}
        {!field && <ProblemText error={save.error} />}
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t('ui.save')}
        </Button>
      </Group>
    </Dialog>
  )
}
