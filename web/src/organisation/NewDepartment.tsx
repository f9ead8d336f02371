// A new department: its name and where it lies.
import { TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import type { Department, Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
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
      <DialogForm onSubmit={make} onCancel={onClose} submit={t('org.make')} busy={busy} disabled={!name.trim()}>
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
      </DialogForm>
    </Dialog>
  )
}
