// A new robot: its name, what it is for, who answers for it.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { nameSearch, personNamed } from '../live/lookup'
import { Dialog } from '../ui/Dialog'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { fieldText, ProblemText } from '../ui/ProblemText'
import classes from './Security.module.css'
import { useRefetch } from './wire'

const search = nameSearch({})

export function NewRobot({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { person } = useMe()
  const refetch = useRefetch()
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState('')
  const [owner, setOwner] = useState<Named[]>([personNamed(person)])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const key = useRef(newId())

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await api.post('/bots', { name, purpose, owner_id: owner[0]?.id ?? 0 }, { key: key.current })
      await refetch('bots')
      onClose()
    } catch (problem) {
      key.current = newId()
      setError(problem)
      setBusy(false)
    }
  }
  const refused = (field: string): string | undefined => {
    const found = error ? asProblem(error).field(field) : undefined
    return found && fieldText(found)
  }
  return (
    <Dialog tall title={t('security.new_robot')} onClose={onClose}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('security.robot_name')}
          required
          withAsterisk={false}
          data-autofocus
          maxLength={100}
          value={name}
          error={refused('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('security.robot_purpose')}
          description={t('security.robot_purpose_text')}
          required
          withAsterisk={false}
          maxLength={300}
          value={purpose}
          error={refused('purpose')}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <NamePicker
          single
          label={t('security.robot_owner')}
          description={t('security.robot_owner_text')}
          value={owner}
          onChange={setOwner}
          search={search}
          error={refused('owner_id')}
        />
        <ProblemText error={error} besides={['name', 'purpose', 'owner_id']} />
        <Button type="submit" loading={busy} disabled={owner.length === 0}>
          {t('security.make_robot')}
        </Button>
      </form>
    </Dialog>
  )
}
