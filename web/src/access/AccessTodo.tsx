// Somebody asks to see a record of mine: a day, a month, the team, or no and why (N1).
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import type { DecisionInput } from '../api/generated'
import type { Todo } from '../api/types'
import { useT } from '../i18n/i18n'
import { usePerson } from '../live/directory'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { plainLine } from '../ui/plain'
import { ProblemText, problemText } from '../ui/ProblemText'
import { RelativeTime } from '../ui/RelativeTime'
import { TodoLink } from '../ui/TodoSection'
import look from '../ui/TodoSection.module.css'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import classes from './Access.module.css'

const YES = ['day', 'month', 'team'] as const
const MOST_REASON = 200

export default function AccessTodo({ todo, here = false }: { todo: Todo; here?: boolean }) {
  const t = useT()
  const act = useAct()
  const [isRefusing, setRefusing] = useState(false)
  const name = usePerson(todo.asked_by)?.name ?? '…'
  const decide = async (choice: DecisionInput['choice']): Promise<void> => {
    await act.run(async () => {
      try {
        await api.put(`/access-requests/${todo.ref.id}/decision`, { choice, reason: '' })
        toast(t('access.decided'), { tone: 'good' })
      } catch (error) {
        toast(problemText(error), { tone: 'bad' })
      }
    })
  }
  const words = (
    <>
      <span>{t('notices.asks_access', { name })}</span>
      <RelativeTime at={todo.asked_at} />
    </>
  )
  return (
    <div className={classes.todo} data-todo={todo.ref.id} data-category="access">
      {here ? (
        <span className={look.facts}>{words}</span>
      ) : (
        <TodoLink href={`/crm/${todo.source.kind}/${todo.source.id}`} title={plainLine(todo.title) || t('access.nameless')}>
          {words}
        </TodoLink>
      )}
      <div className={classes.buttons} role="group" aria-label={t('access.choices')}>
        {YES.map((choice) => (
          <Button key={choice} variant="light" disabled={act.busy} onClick={() => void decide(choice)}>
            {t(`access.${choice}`)}
          </Button>
        ))}
        <Button variant="default" disabled={act.busy} onClick={() => setRefusing(true)}>
          {t('access.refuse')}
        </Button>
      </div>
      {isRefusing && <RefuseDialog request={todo.ref.id} name={name} onClose={() => setRefusing(false)} />}
    </div>
  )
}

function RefuseDialog({ request, name, onClose }: { request: number; name: string; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const [reason, setReason] = useState('')
  const refuse = async (): Promise<void> => {
    const done = await act.run(async () => {
      await api.put(`/access-requests/${request}/decision`, { choice: 'refused', reason: reason.replace(/\s+/g, ' ').trim() })
      toast(t('access.decided'), { tone: 'good' })
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t('access.refuse_title', { name })} onClose={onClose}>
      <DialogForm onSubmit={refuse} onCancel={onClose} submit={t('access.refuse')} grave busy={act.busy}>
        <Textarea
          label={t('access.reason')}
          description={t('access.reason_text')}
          autosize
          minRows={2}
          maxRows={5}
          maxLength={MOST_REASON}
          value={reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
          error={act.of('reason')}
        />
        <ProblemText error={act.rest(['reason'])} />
      </DialogForm>
    </Dialog>
  )
}
