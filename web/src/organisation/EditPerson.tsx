// One person under an administrator's hands. What somebody else changed meanwhile is shown with both values before it is overwritten.
import { Button, Group, SegmentedControl, Skeleton, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { useDepartments, usePerson } from '../live/directory'
import { departmentNamed, personNamed } from '../live/lookup'
import { PictureField } from '../people/PictureField'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { Notice } from '../ui/Notice'
import { Panel } from '../ui/Panel'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { findDepartments, findPeople } from './finding'
import { type PersonForm, changesOf, formOf } from './personForm'

const texts = ['name', 'title', 'staff_number', 'phone', 'email'] as const
const fields = [...texts, 'department_ids', 'manager_id', 'kind']

export function EditPerson({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useT()
  const person = usePerson(id)
  const departments = useDepartments()
  const isReady = person !== undefined && (person.department_ids.length === 0 || departments.length > 0)
  return (
    <Panel title={t('org.edit_person')} width={460} onClose={onClose}>
      {!isReady ? (
        <Skeleton height={320} aria-hidden />
      ) : person.kind === 'bot' ? (
        <p>{t('org.is_robot')}</p>
      ) : (
        <Form key={id} person={person} onClose={onClose} />
      )}
    </Panel>
  )
}

function Form({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT()
  const queries = useQueryClient()
  const departments = useDepartments()
  const manager = usePerson(person.manager_id)
  const [before, setBefore] = useState<PersonForm>(() => formOf(person))
  const [form, setForm] = useState<PersonForm>(before)
  const [version, setVersion] = useState(person.version)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const set = (change: Partial<PersonForm>): void => setForm((now) => ({ ...now, ...change }))
  const changes = changesOf(before, form)
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const answer = await api.patch<Person>(`/people/${person.id}`, { version, ...changes })
      applyAnswer(answer.seq, [putChange('person', person.id, answer.data)])
      void queries.invalidateQueries({ queryKey: ['directory'] })
      toast(t('org.saved', { name: answer.data.name }), { tone: 'good' })
      onClose()
    } catch (problem) {
      setError(problem)
      // Pressed again, what is written here counts: the sentence above says what it replaces.
      const newer = (asProblem(problem).problem as { version?: number }).version
      if (asProblem(problem).code === 'stale_version' && newer) {
        setVersion(newer)
        setBefore(formOf(person))
      }
    } finally {
      setBusy(false)
    }
  }
  const problemOf = (field: string): string | undefined => {
    const found = error ? asProblem(error).field(field) : undefined
    return found && found.code !== 'stale_version' ? fieldText(found) : undefined
  }
  const isStale = error !== null && asProblem(error).code === 'stale_version'
  const chosenManager: Named[] =
    form.manager_id === null
      ? []
      : form.manager_id === manager?.id
        ? [personNamed(manager)]
        : form.manager
          ? [form.manager]
          : []
  return (
    <Stack gap="md">
      <PictureField person={person} />
      {texts.map((field) => (
        <TextInput
          key={field}
          label={t(`people.column_${field}`)}
          value={form[field]}
          error={problemOf(field)}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
        />
      ))}
      <NamePicker
        label={t('org.departments_of')}
        description={t('org.first_is_main')}
        value={form.department_ids.flatMap((one) => {
          const department = departments.find((d) => d.id === one)
          return department ? [departmentNamed(department)] : []
        })}
        onChange={(value) => set({ department_ids: value.map((one) => one.id) })}
        search={findDepartments}
        error={problemOf('department_ids')}
      />
      <NamePicker
        label={t('people.column_manager')}
        value={chosenManager}
        onChange={(value) => set({ manager_id: value[0]?.id ?? null, manager: value[0] ?? null })}
        search={findPeople}
        error={problemOf('manager_id')}
        single
      />
      <div>
        <SegmentedControl
          fullWidth
          aria-label={t('people.column_kind')}
          value={form.kind}
          onChange={(value) => set({ kind: value as PersonForm['kind'] })}
          data={[
            { value: 'employee', label: t('org.kind_employee') },
            { value: 'external', label: t('people.kind_external') },
          ]}
        />
        {form.kind !== before.kind && (
          <Notice role="status">
            {t(form.kind === 'external' ? 'org.becomes_external' : 'org.becomes_employee')}
          </Notice>
        )}
        {problemOf('kind') && <ProblemText error={error} />}
      </div>
      {isStale ? (
        <Notice role="alert" title={t('org.stale')}>
          {(asProblem(error).problem.errors ?? []).map((one) => (
            <div key={one.field}>{staleText(t, one.field, one.params?.now)}</div>
          ))}
        </Notice>
      ) : (
        <ProblemText error={error} besides={fields.filter(problemOf)} />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button loading={busy} disabled={Object.keys(changes).length === 0} onClick={() => void save()}>
          {t(isStale ? 'org.save_anyway' : 'org.save')}
        </Button>
      </Group>
    </Stack>
  )
}

function staleText(t: ReturnType<typeof useT>, field: string, now: unknown): string {
  const label =
    field === 'department_ids'
      ? t('org.departments_of')
      : field === 'manager_id'
        ? t('people.column_manager')
        : t(`people.column_${field as (typeof texts)[number]}`)
  return typeof now === 'string' ? t('org.stale_now', { field: label, now: now || '—' }) : t('org.stale_changed', { field: label })
}
