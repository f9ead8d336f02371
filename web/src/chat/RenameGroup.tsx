// The name of a group, changed in place by its members.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client'
import type { Conversation } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { ProblemText } from '../ui/ProblemText'
import classes from './MembersPanel.module.css'

export function RenameGroup({ conversation }: { conversation: Conversation }) {
  const t = useT()
  const [name, setName] = useState(conversation.name)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const changed = name.trim() !== '' && name.trim() !== conversation.name

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const body = { name: name.trim(), version: conversation.version }
      const { data, seq } = await api.patch<Conversation>(`/conversations/${conversation.id}`, body)
      applyAnswer(seq, [putChange('conversation', data.id, data)])
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className={classes.rename}>
        <TextInput
          label={t('chat.group_name')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {changed && (
          <Button type="submit" loading={busy}>
            {t('ui.save')}
          </Button>
        )}
      </div>
      <ProblemText error={error} />
    </form>
  )
}
