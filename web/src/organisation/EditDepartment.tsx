// One department: name, place, heads, order among its siblings, a new one below it, removal. Big buttons, for a phone too.
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Department, Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { useDepartment, useDepartments, usePeople } from '../live/directory'
import { personNamed } from '../live/lookup'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { Panel } from '../ui/Panel'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './DepartmentsSection.module.css'
import { findPeople, findPlacesFor, namedDepartments } from './finding'
import { RemoveDepartment } from './RemoveDepartment'

interface Props {
  id: Id
  onClose: () => void
  onAddBelow: (id: Id) => void
}

export function EditDepartment({ id, onClose, onAddBelow }: Props) {
  const t = useT()
  const department = useDepartment(id)
  const heads = usePeople(department?.heads ?? [])
  if (!department || department.state === 'removed') return null
  return (
    <Panel title={department.name} width={460} onClose={onClose}>
      {heads.length === department.heads.length && (
        <Form
          key={department.version}
          department={department}
          heads={heads.map(personNamed)}
          onClose={onClose}
        />
      )}
      <Acts department={department} onClose={onClose} onAddBelow={onAddBelow} label={t('org.more_acts')} />
    </Panel>
  )
}

function Form({ department, heads, onClose }: { department: Department; heads: Named[]; onClose: () => void }) {
  const t = useT()
  const [name, setName] = useState(department.name)
  const [above, setAbove] = useState(() => namedDepartments(department.parent_id === null ? [] : [department.parent_id]))
  const [led, setLed] = useState(heads)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const parent = above[0]?.id ?? null
  const changes = {
    ...(name.trim() !== department.name && { name }),
    ...(parent !== department.parent_id && { parent_id: parent }),
    ...(ids(led).join() !== ids(heads).join() && { heads: ids(led) }),
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const body = { version: department.version, ...changes }
      const answer = await api.patch<Department>(`/departments/${department.id}`, body)
      applyAnswer(answer.seq, [putChange('department', department.id, answer.data)])
      toast(t('org.saved', { name: answer.data.name }), { tone: 'good' })
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const problemOf = (field: string): string | undefined => {
    const found = error ? asProblem(error).field(field) : undefined
    return found && fieldText(found)
  }
  return (
    <Stack gap="md">
      <p className={classes.where}>{department.path}</p>
      <TextInput
        label={t('org.name')}
        value={name}
        maxLength={60}
        error={problemOf('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NamePicker
        label={t('org.below')}
        description={t('org.below_nothing')}
        value={above}
        onChange={setAbove}
        search={findPlacesFor(department)}
        error={problemOf('parent_id')}
        single
      />
      <NamePicker
        label={t('org.heads')}
        description={t('org.heads_text')}
        value={led}
        onChange={setLed}
        search={findPeople}
        error={problemOf('heads')}
      />
      <ProblemText error={error} besides={['name', 'parent_id', 'heads'].filter(problemOf)} />
      <Group justify="flex-end">
        <Button loading={busy} disabled={Object.keys(changes).length === 0 || !name.trim()} onClick={() => void save()}>
          {t('org.save')}
        </Button>
      </Group>
    </Stack>
  )
}

function Acts({ department, onClose, onAddBelow, label }: { department: Department; label: string } & Omit<Props, 'id'>) {
  const t = useT()
  const siblings = useDepartments().filter((one) => one.parent_id === department.parent_id)
  const place = siblings.findIndex((one) => one.id === department.id)
  const [error, setError] = useState<unknown>(null)
  const [removing, setRemoving] = useState(false)
  const put = async (position: number): Promise<void> => {
    setError(null)
    try {
      await api.patch<Department>(`/departments/${department.id}`, { version: department.version, position })
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <section aria-label={label}>
      <h3 className={classes.heading}>{label}</h3>
      <div className={classes.acts}>
        <Button
          variant="default"
          leftSection={<IconArrowUp size={18} />}
          disabled={place <= 0}
          onClick={() => void put(place - 1)}
        >
          {t('org.up')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconArrowDown size={18} />}
          disabled={place >= siblings.length - 1}
          onClick={() => void put(place + 1)}
        >
          {t('org.down')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlus size={18} />}
          onClick={() => {
            onClose()
            onAddBelow(department.id)
          }}
        >
          {t('org.add_below')}
        </Button>
        <Button
          component={Link}
          href={`/people?department=${department.id}`}
          variant="default"
          leftSection={<IconUsers size={18} />}
        >
          {t('org.see_people')}
        </Button>
        <Button
          variant="default"
          color="red"
          leftSection={<IconTrash size={18} />}
          onClick={() => setRemoving(true)}
        >
          {t('org.remove')}
        </Button>
      </div>
      <ProblemText error={error} />
      {removing && <RemoveDepartment department={department} onClose={() => setRemoving(false)} onRemoved={onClose} />}
    </section>
  )
}

function ids(named: readonly Named[]): Id[] {
  return named.map((one) => one.id)
}
