// The composer's fields of a schedule item: when, where, with whom.
import { useEffect } from 'react'
import { useT } from '../../../i18n/i18n'
import { colleagueSearch } from '../../../live/lookup'
import { NamePicker } from '../../../ui/NamePicker'
import { fieldText } from '../../../ui/ProblemText'
import type { FieldsProps } from '../declared'
import fields from '../Fields.module.css'
import { freshTimes, type ScheduleForm } from './form'
import { TimesFields } from './TimesFields'

export default function ScheduleFields({ value, onChange, error }: FieldsProps) {
  const t = useT()
  const form = value as ScheduleForm
  const isFresh = form.begins === undefined
  useEffect(() => {
    if (isFresh) onChange({ ...freshTimes(new Date()), ...value })
  }, [isFresh, onChange, value])
  return (
    <div className={fields.fields} data-field="details">
      <TimesFields value={form} onChange={(times) => onChange({ ...value, ...times })} error={error} />
      <NamePicker
        label={t('schedule.guests')}
        description={t('schedule.guests_explained')}
        placeholder={t('kinds.who_does_placeholder')}
        value={form.names ?? []}
        onChange={(names) => onChange({ ...value, names })}
        search={colleagueSearch}
        error={error?.field.startsWith('details.people') ? fieldText(error) : undefined}
      />
    </div>
  )
}
