// Several people come to a department: in place of their main one, or besides their others.
import { Button, Group, Radio, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { Dialog } from '../ui/Dialog'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { findDepartments } from './finding'

interface Props {
  people: readonly Id[]
  onClose: () => void
  onMoved: () => void
}

export function MovePeople({ people, onClose, onMoved }: Props) {
  const t = useT()
  const queries = useQueryClient()
  const [target, setTarget] = useState<Named[]>([])
  const [how, setHow] = useState('main')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const move = async (): Promise<void> => {
    const [department] = target
    if (!department) return
    setBusy(true)
    setError(null)
    try {
      const { data } = await api.put<{ moved: number }>(`/departments/${department.id}/people`, { people, how })
      toast(t('org.moved', { count: data.moved, name: department.name }), { tone: 'good' })
      void queries.invalidateQueries({ queryKey: ['directory'] })
      onMoved()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('org.move_title', { count: people.length })} onClose={onClose}>
      <Stack gap="md">
        <NamePicker label={t('org.to_department')} value={target} onChange={setTarget} search={findDepartments} single />
        <Radio.Group label={t('org.how')} value={how} onChange={setHow}>
          <Stack gap={4} mt={8}>
            <Radio value="main" label={t('org.how_main')} />
            <Radio value="add" label={t('org.how_add')} />
          </Stack>
        </Radio.Group>
        <ProblemText error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button loading={busy} disabled={target.length === 0} onClick={() => void move()}>
            {t('org.move')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
