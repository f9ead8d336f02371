// Removing a department: only an empty one, or its people go somewhere else first, in the same act.
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Department } from '../api/types'
import { useT } from '../i18n/i18n'
import { useDepartments } from '../live/directory'
import { Dialog } from '../ui/Dialog'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { Notice } from '../ui/Notice'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { findPlacesFor } from './finding'

interface Props {
  department: Department
  onClose: () => void
  onRemoved: () => void
}

export function RemoveDepartment({ department, onClose, onRemoved }: Props) {
  const t = useT()
  const hasBelow = useDepartments().some((one) => one.parent_id === department.id)
  const [people, setPeople] = useState(0)
  const [target, setTarget] = useState<Named[]>([])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const remove = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await api.delete(`/departments/${department.id}`, { query: { move_to: target[0]?.id } })
      toast(t('org.removed', { name: department.name }), { tone: 'good' })
      onRemoved()
    } catch (problem) {
      const told = asProblem(problem).problem as { reason?: string; people?: number }
      if (told.reason === 'has_people') setPeople(told.people ?? 1)
      else setError(problem)
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('org.remove_title', { name: department.name })} onClose={onClose}>
      <Stack gap="md">
        {hasBelow ? (
          <Notice role="alert">
            {t('org.has_departments')}
          </Notice>
        ) : (
          <Text>{people > 0 ? t('org.has_people', { count: people }) : t('org.remove_text')}</Text>
        )}
        {people > 0 && (
          <NamePicker
            label={t('org.to_department')}
            value={target}
            onChange={setTarget}
            search={findPlacesFor(department)}
            single
          />
        )}
        <ProblemText error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            color="red.9"
            loading={busy}
            disabled={hasBelow || (people > 0 && target.length === 0)}
            onClick={() => void remove()}
          >
            {t(people > 0 ? 'org.move_and_remove' : 'org.remove')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
