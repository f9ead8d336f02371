// One cell to be filled in, by the type of its column.
import { NativeSelect, TextInput } from '@mantine/core'
import type { TableColumn } from '../../api/generated'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { colleagueSearch, personNamed } from '../../live/lookup'
import { NamePicker } from '../../ui/NamePicker'
import { asNumber, MOST_CELL } from './form'
import classes from './Table.module.css'

interface Props {
  column: TableColumn
  value: string
  onChange: (value: string) => void
  error: string | undefined
  autoFocus?: boolean
}

export function CellInput({ column, value, onChange, error, autoFocus = false }: Props) {
  const t = useT()
  const common = { label: column.title, withAsterisk: column.required, value, error, 'data-autofocus': autoFocus || undefined }
  if (column.type === 'person') return <PersonInput column={column} value={value} onChange={onChange} error={error} />
  if (column.type === 'choice' || column.type === 'yes_no') {
    const data =
      column.type === 'choice'
        ? column.choices.map((one) => ({ value: one, label: one }))
        : (['yes', 'no'] as const).map((one) => ({ value: one, label: t(`table.${one}`) }))
    return (
      <NativeSelect
        {...common}
        size="md"
        data={[{ value: '', label: t('table.nothing') }, ...data]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  if (column.type === 'number') {
    return (
      <TextInput
        {...common}
        inputMode="decimal"
        maxLength={40}
        rightSection={column.unit ? <span className={classes.unit}>{column.unit}</span> : null}
        rightSectionWidth={column.unit ? 72 : 0}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={() => onChange(asNumber(value))}
      />
    )
  }
  return (
    <TextInput
      {...common}
      type={column.type === 'date' ? 'date' : 'text'}
      {...(column.type === 'date' ? { min: '1900-01-01', max: '9999-12-31' } : { maxLength: MOST_CELL })}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function PersonInput({ column, value, onChange, error }: Omit<Props, 'autoFocus'>) {
  const person = usePerson(value ? Number(value) : null)
  return (
    <NamePicker
      label={column.required ? `${column.title} *` : column.title}
      value={person ? [personNamed(person)] : []}
      onChange={(names) => onChange(names[0] ? String(names[0].id) : '')}
      search={colleagueSearch}
      error={error}
      single
    />
  )
}
