// A new role: its name, and which one it begins as.
import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client'
import type { RoleView } from '../api/generated'
import { newId } from '../api/ids'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import classes from './Roles.module.css'
import { roleName, useRolesChanged } from './roles'

interface Props {
  roles: readonly RoleView[]
  /** Chosen beforehand. */
  copy?: Id
  onClose: () => void
  onMade: (id: Id) => void
}

export function NewRole({ roles, copy, onClose, onMade }: Props) {
  const t = useT()
  const changed = useRolesChanged()
  const [name, setName] = useState('')
  const [from, setFrom] = useState(copy ? String(copy) : '')
  const [key] = useState(newId)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const body = { name, copy_of: from ? Number(from) : null }
      const { data } = await api.post<RoleView>('/roles', body, { key: `${key}-${name}-${from}` })
      await changed()
      onMade(data.id)
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('roles.new')} onClose={onClose}>
      <form onSubmit={(event) => void make(event)} className={classes.form}>
        <TextInput
          label={t('roles.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={60}
          data-autofocus
        />
        <NativeSelect label={t('roles.begin_as')} value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
          <option value="">{t('roles.begin_empty')}</option>
          {roles.map((role) => (
            <option key={role.id} value={role.id}>
              {roleName(role)}
            </option>
          ))}
        </NativeSelect>
        <ProblemText error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!name.trim()}>
            {t('roles.make')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
