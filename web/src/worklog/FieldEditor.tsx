// One field of a template: what it is called, of which kind it is, and its place among the others.
import { ActionIcon, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import type { FieldForm } from './form'
import classes from './Worklog.module.css'

const TYPES: readonly FieldForm['type'][] = ['text', 'number', 'choice']

interface Props {
  field: FieldForm
  number: number
  last: boolean
  alone: boolean
  errorOf: (name: string) => string | undefined
  onChange: (field: FieldForm) => void
  onMove: (by: number) => void
  onRemove: () => void
}

export function FieldEditor({ field, number, last, alone, errorOf, onChange, onMove, onRemove }: Props) {
  const t = useT()
  const set = (change: Partial<FieldForm>): void => onChange({ ...field, ...change })
  return (
    <li className={classes.editor} data-field-number={number}>
      <div className={classes.editorHead}>
        <span className={classes.editorNumber}>{t('logs.field_number', { number })}</span>
        <ActionIcon aria-label={t('logs.field_up', { number })} disabled={number === 1} onClick={() => onMove(-1)}>
          <IconArrowUp size={20} />
        </ActionIcon>
        <ActionIcon aria-label={t('logs.field_down', { number })} disabled={last} onClick={() => onMove(1)}>
          <IconArrowDown size={20} />
        </ActionIcon>
        <ActionIcon aria-label={t('logs.field_remove', { number })} disabled={alone} onClick={onRemove}>
          <IconTrash size={20} />
        </ActionIcon>
      </div>
      <div className={classes.pair}>
        <TextInput
          label={t('logs.field_title')}
          value={field.title}
          maxLength={40}
          onChange={(event) => set({ title: event.currentTarget.value })}
          error={errorOf('title')}
        />
        <NativeSelect
          label={t('logs.field_type')}
          size="md"
          value={field.type}
          onChange={(event) => set({ type: event.currentTarget.value as FieldForm['type'] })}
          data={TYPES.map((one) => ({ value: one, label: t(`logs.type_${one}`) }))}
        />
      </div>
      {field.type === 'choice' && (
        <Textarea
          label={t('logs.choices')}
          description={t('logs.choices_explained')}
          autosize
          minRows={2}
          maxRows={8}
          value={field.choices}
          onChange={(event) => set({ choices: event.currentTarget.value })}
          error={errorOf('choices')}
        />
      )}
      {field.type === 'number' && (
        <TextInput
          label={t('logs.unit')}
          placeholder={t('logs.unit_placeholder')}
          value={field.unit}
          maxLength={10}
          onChange={(event) => set({ unit: event.currentTarget.value })}
          error={errorOf('unit')}
        />
      )}
      {field.type !== 'choice' && (
        <TextInput
          label={t('logs.hint')}
          value={field.hint}
          maxLength={120}
          onChange={(event) => set({ hint: event.currentTarget.value })}
          error={errorOf('hint')}
        />
      )}
      <Switch
        label={t('logs.required')}
        checked={field.required}
        onChange={(event) => set({ required: event.currentTarget.checked })}
      />
    </li>
  )
}
