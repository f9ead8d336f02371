// Adds people, or all of a department, to a group.
import { Button, Group } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import { useT } from '../i18n/i18n'
import { nameSearch } from '../live/lookup'
import { Dialog } from '../ui/Dialog'
import type { Named } from '../ui/names'
import { NamePicker } from '../ui/NamePicker'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './dialogs.module.css'

const search = nameSearch({ departments: true })

export function AddMembers({ id, onClose, onAdded }: { id: number; onClose: () => void; onAdded: () => void }) {
  const t = useT()
  const [who, setWho] = useState<Named[]>([])
  const [key] = useState(newId)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    const ids = (kind: Named['kind']): number[] => who.filter((n) => n.kind === kind).map((n) => n.id)
    try {
      const body = { people: ids('person'), departments: ids('department') }
      const { data } = await api.post<{ added: number }>(`/conversations/${id}/members`, body, { key })
      toast(data.added > 0 ? t('chat.added', { count: data.added }) : t('chat.added_none'))
      onAdded()
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <Dialog onClose={onClose} title={t('chat.add_members')} tall>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <NamePicker
          label={t('chat.with_whom')}
          placeholder={t('chat.type_a_name')}
          value={who}
          onChange={setWho}
          search={search}
          autoFocus
        />
        <ProblemText error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" disabled={who.length === 0} loading={busy}>
            {t('chat.add')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
