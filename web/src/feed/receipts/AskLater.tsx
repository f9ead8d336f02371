// Receipts asked on a post that asked for none: the same fields as beside a new share.
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client'
import { ApiProblem } from '../../api/problem'
import type { Id, Post } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { store } from '../../live/store'
import type { Named } from '../../ui/names'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { type AskForm, emptyForm, missing, receiptsOf, refused } from '../share/form'
import { ReceiptsField } from '../share/ReceiptsField'

/** The audience as the fields of a share have it. */
function namedOf({ audience }: Post, everyone: string): Named[] {
  const named = (kind: 'department' | 'person', ids: readonly Id[]): Named[] =>
    ids.map((id) => ({ kind, id, name: store.get(kind, id)?.name ?? `#${id}`, hint: '' }))
  const all: Named = { kind: 'everyone', id: 0, name: everyone, hint: '' }
  return [...(audience.everyone ? [all] : []), ...named('department', audience.departments), ...named('person', audience.people)]
}

export default function AskLater({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const [ask, setAsk] = useState<AskForm>({ ...emptyForm.ask, on: true })
  const [error, setError] = useState<unknown>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const audience = namedOf(post, t('feed.everyone'))
  const lacks = missing(false, { ...emptyForm, audience, ask }, new Date())
  const errors = { ...(tried ? lacks : {}), ...(error instanceof ApiProblem ? refused(error) : {}) }
  const send = async (): Promise<void> => {
    setTried(true)
    setError(null)
    if (Object.keys(lacks).length > 0) return
    setBusy(true)
    try {
      const answer = await api.post<Post>(`/posts/${post.id}/receipts`, receiptsOf(ask, audience))
      applyAnswer(answer.seq, [putChange('post', post.id, answer.data)])
      toast(t('feed.asked_later'), { tone: 'good' })
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('feed.require_receipts')} onClose={onClose} tall>
      <ReceiptsField
        value={ask}
        audience={audience}
        onChange={(value) => (value.on ? setAsk(value) : onClose())}
        error={errors.receipts ?? errors.audience}
        dueError={errors.due}
        questionError={errors.question}
      />
      <ProblemText error={Object.keys(errors).length > 0 ? null : error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button loading={busy} onClick={() => void send()}>
          {t('feed.require_receipts')}
        </Button>
      </Group>
    </Dialog>
  )
}
