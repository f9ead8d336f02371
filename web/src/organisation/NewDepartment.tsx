// A new department: its name and where it lies.
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import type { Department, Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { Dialog } from '../ui/Dialog'
import { NamePicker } from '../ui/NamePicker'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { findDepartments, namedDepartments } from './finding'

export function NewDepartment({ parent, onClose }: { parent: Id | null; onClose: () => void }) {
  const t = useT()
  const [name, setName] = useState('')
  const [above, setAbove] = useState(() => namedDepartments(parent === null ? [] : [parent]))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const key = useRef(newId())
  const nameProblem = error ? asProblem(error).field('name') : undefined
  const make = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const body = { name, parent_id: above[0]?.id ?? null }
      const answer = await api.post<Department>('/departments', body, { key: key.current })
      applyAnswer(answer.seq, [putChange('department', answer.data.id, answer.data)])
      onClose()
    } catch (problem) {
      if (!asProblem(problem).isNetwork) key.current = newId()
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('org.new_department')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('org.name')}
            value={name}
            maxLength={60}
            data-autofocus
            error={nameProblem && fieldText(nameProblem)}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NamePicker
            label={t('org.below')}
            description={t('org.below_nothing')}
            value={above}
            onChange={setAbove}
            search={findDepartments}
            single
          />
          {!nameProblem && <ProblemText error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!name.trim()}>
              {t('org.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
