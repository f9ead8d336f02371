// Begin a conversation: one person makes it direct, several or a department make a group.
import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { nameSearch } from '../live/lookup'
import { Dialog } from '../ui/Dialog'
import type { Named } from '../ui/names'
import { NamePicker } from '../ui/NamePicker'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { beginDirect, beginGroup } from './begin'
import classes from './dialogs.module.css'

const NAME_MOST = 60

export default function NewConversation({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [, go] = useLocation()
  const { person } = useMe()
  const search = useMemo(() => nameSearch({ departments: true, without: [person.id] }), [person.id])
  const [who, setWho] = useState<Named[]>([])
  const [name, setName] = useState('')
  const [key] = useState(newId)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const isGroup = who.length > 1 || who.some((named) => named.kind === 'department')
  const usual = listed([person.name, ...who.map((named) => named.name)]).slice(0, 30)
  const nameError = error ? asProblem(error).field('name') : undefined

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const ids = (kind: Named['kind']): number[] => who.filter((n) => n.kind === kind).map((n) => n.id)
      const id = isGroup
        ? await beginGroup(name.trim() || usual, ids('person'), ids('department'), key)
        : await beginDirect((who[0] as Named).id)
      onClose()
      go(`/chat/${id}`)
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <Dialog onClose={onClose} title={t('chat.new')} tall>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <NamePicker
          label={t('chat.with_whom')}
          description={t('chat.with_whom_text')}
          placeholder={t('chat.type_a_name')}
          value={who}
          onChange={setWho}
          search={search}
          autoFocus
        />
        {isGroup && (
          <TextInput
            label={t('chat.group_name')}
            placeholder={usual}
            maxLength={NAME_MOST}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={nameError ? fieldText(nameError) : undefined}
          />
        )}
        <ProblemText error={nameError ? null : error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" disabled={who.length === 0} loading={busy}>
            {t(isGroup ? 'chat.begin_group' : 'chat.begin')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
