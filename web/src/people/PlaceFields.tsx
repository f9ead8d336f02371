// Where somebody new sits: employee or not, departments, manager, title. Used by inviting and by letting in.
import { SegmentedControl, TextInput } from '@mantine/core'
import { useT } from '../i18n/i18n'
import { colleagueSearch, departmentSearch } from '../live/lookup'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'

export interface PlaceForm {
  kind: 'employee' | 'external'
  departments: Named[]
  manager: Named[]
  title: string
}
export const nowhere: PlaceForm = { kind: 'employee', departments: [], manager: [], title: '' }

export function placeOf(form: PlaceForm) {
  return {
    kind: form.kind,
    department_ids: form.departments.map((one) => one.id),
    manager_id: form.manager[0]?.id ?? null,
    title: form.title,
  }
}
export const PLACE_FIELDS = ['department_ids', 'manager_id', 'title']

interface Props {
  value: PlaceForm
  onChange: (value: PlaceForm) => void
  of: (field: string) => string | undefined
}

export function PlaceFields({ value, onChange, of }: Props) {
  const t = useT()
  return (
    <>
      <SegmentedControl
        aria-label={t('people.kind')}
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind: kind as PlaceForm['kind'] })}
        data={[
          { value: 'employee', label: t('people.kind_employee') },
          { value: 'external', label: t('people.kind_external') },
        ]}
      />
      <NamePicker
        label={t('people.column_department')}
        description={t('people.main_first')}
        value={value.departments}
        onChange={(departments) => onChange({ ...value, departments })}
        search={departmentSearch}
        error={of('department_ids')}
      />
      <NamePicker
        label={t('people.column_manager')}
        single
        value={value.manager}
        onChange={(manager) => onChange({ ...value, manager })}
        search={colleagueSearch}
        error={of('manager_id')}
      />
      <TextInput
        label={t('people.column_title')}
        autoComplete="off"
        value={value.title}
        onChange={(event) => onChange({ ...value, title: event.currentTarget.value })}
        error={of('title')}
      />
    </>
  )
}
