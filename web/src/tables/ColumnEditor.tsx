// One column of a prepared table: what it is called, what is filled in there, and its place among the others.
import { ActionIcon, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import type { ColumnForm } from './form'
import classes from './Tables.module.css'

const TYPES: readonly ColumnForm['type'][] = ['text', 'number', 'date', 'choice', 'person', 'yes_no']

interface Props {
  column: ColumnForm
  number: number
  last: boolean
  alone: boolean
  errorOf: (name: string) => string | undefined
  onChange: (column: ColumnForm) => void
  onMove: (by: number) => void
  onRemove: () => void
}

export function ColumnEditor({ column, number, last, alone, errorOf, onChange, onMove, onRemove }: Props) {
  const t = useT()
  const set = (change: Partial<ColumnForm>): void => onChange({ ...column, ...change })
  return (
    <li className={classes.column} data-column={number}>
      <div className={classes.columnHead}>
        <span className={classes.columnNumber}>{t('tables.column_number', { number })}</span>
        <ActionIcon aria-label={t('tables.column_up', { number })} disabled={number === 1} onClick={() => onMove(-1)}>
          <IconArrowUp size={20} />
        </ActionIcon>
        <ActionIcon aria-label={t('tables.column_down', { number })} disabled={last} onClick={() => onMove(1)}>
          <IconArrowDown size={20} />
        </ActionIcon>
        <ActionIcon aria-label={t('tables.column_remove', { number })} disabled={alone} onClick={onRemove}>
          <IconTrash size={20} />
        </ActionIcon>
      </div>
      <div className={classes.pair}>
        <TextInput
          label={t('tables.column_title')}
          value={column.title}
          maxLength={40}
          onChange={(event) => set({ title: event.currentTarget.value })}
          error={errorOf('title')}
        />
        <NativeSelect
          label={t('tables.column_type')}
          size="md"
          value={column.type}
          onChange={(event) => set({ type: event.currentTarget.value as ColumnForm['type'] })}
          data={TYPES.map((one) => ({ value: one, label: t(`tables.type_${one}`) }))}
        />
      </div>
      {column.type === 'choice' && (
        <Textarea
          label={t('tables.choices')}
          description={t('tables.choices_explained')}
          autosize
          minRows={2}
          maxRows={8}
          value={column.choices}
          onChange={(event) => set({ choices: event.currentTarget.value })}
          error={errorOf('choices')}
        />
      )}
      {column.type === 'number' && (
        <TextInput
          label={t('tables.unit')}
          placeholder={t('tables.unit_placeholder')}
          value={column.unit}
          maxLength={10}
          onChange={(event) => set({ unit: event.currentTarget.value })}
          error={errorOf('unit')}
        />
      )}
      <Switch
        label={t('tables.required')}
        checked={column.required}
        onChange={(event) => set({ required: event.currentTarget.checked })}
      />
    </li>
  )
}
