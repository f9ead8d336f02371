// Who is to do it, by when, and a list to tick off.
import { Textarea } from '@mantine/core'
import { useT } from '../../../i18n/i18n'
import { colleagueSearch } from '../../../live/lookup'
import { NamePicker } from '../../../ui/NamePicker'
import { fieldText } from '../../../ui/ProblemText'
import type { FieldsProps } from '../declared'
import fields from '../Fields.module.css'
import { TimeField } from '../TimeField'
import type { TaskForm } from './task'

export default function TaskFields({ value, onChange, error }: FieldsProps) {
  const t = useT()
  const { names = [], due_at = null, items = '' } = value as TaskForm
  const who = error?.field.startsWith('details.people') ? fieldText(error) : undefined
  return (
    <div className={fields.fields} data-field="details">
      <NamePicker
        label={t('kinds.who_does')}
        placeholder={t('kinds.who_does_placeholder')}
        value={names}
        onChange={(chosen) => onChange({ ...value, names: chosen })}
        search={colleagueSearch}
        error={who}
      />
      <TimeField
        label={t('kinds.due_at')}
        description={t('kinds.due_explained')}
        value={due_at}
        onChange={(at) => onChange({ ...value, due_at: at })}
        error={error?.field === 'details.due_at' ? error : undefined}
      />
      <Textarea
        label={t('kinds.items')}
        description={t('kinds.items_explained')}
        autosize
        minRows={2}
        maxRows={10}
        value={items}
        onChange={(event) => onChange({ ...value, items: event.currentTarget.value })}
        error={error?.field.startsWith('details.items') ? fieldText(error) : undefined}
      />
    </div>
  )
}
