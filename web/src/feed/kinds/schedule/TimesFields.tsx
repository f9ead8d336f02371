// From when until when or whole days, where, how it repeats, when it is reminded of.
import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { FieldProblem } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { fieldText } from '../../../ui/ProblemText'
import shared from '../Fields.module.css'
import classes from './Fields.module.css'
import { begunAt, REMINDERS, type TimesForm } from './form'
import { reminderText } from './reminderText'
import { weekdayName } from './words'

interface Props {
  value: TimesForm
  onChange: (value: TimesForm) => void
  /** Names its field with or without `details.`. */
  error: FieldProblem | undefined
}

const EVERY = ['', 'day', 'week', 'month'] as const
const MOST_REMINDERS = 5

export function TimesFields({ value, onChange, error }: Props) {
  const t = useT()
  const { whole = false, begins = '', ends = '', place = '', reminders = [], every = '', interval = 1, days = [], until = '' } = value
  const wrong = (...names: string[]): ReactNode => {
    const field = error?.field.replace(/^details\./, '') ?? ''
    return error && names.some((name) => field === name || field.startsWith(`${name}[`)) ? <span data-error={error.code}>{fieldText(error)}</span> : undefined
  }
  const shown = (text: string): string => (whole ? text.slice(0, 10) : text)
  const typed = (text: string, hour: string): string => (whole && text ? `${text}T${hour}` : text)
  const first = begins ? ((new Date(begins).getDay() + 6) % 7) + 1 : 0
  const offered = [...new Set([...REMINDERS, ...reminders])].sort((a, b) => a - b)
  return (
    <>
      <Switch
        label={t('schedule.whole_days')}
        checked={whole}
        onChange={(event) => onChange({ ...value, whole: event.currentTarget.checked })}
      />
      <div className={shared.pair}>
        <TextInput
          type={whole ? 'date' : 'datetime-local'}
          label={t('schedule.begins')}
          value={shown(begins)}
          onChange={(event) => onChange(begunAt(value, typed(event.currentTarget.value, '09:00')))}
          error={wrong('begins_at', 'first_day')}
        />
        <TextInput
          type={whole ? 'date' : 'datetime-local'}
          label={t('schedule.ends')}
          min={shown(begins)}
          value={shown(ends)}
          onChange={(event) => onChange({ ...value, ends: typed(event.currentTarget.value, '10:00') })}
          error={wrong('ends_at', 'last_day')}
        />
      </div>
      <TextInput
        label={t('schedule.place')}
        placeholder={t('schedule.place_placeholder')}
        maxLength={200}
        value={place}
        onChange={(event) => onChange({ ...value, place: event.currentTarget.value })}
        error={wrong('place')}
      />
      <Toggles
        label={t('schedule.reminders')}
        chosen={reminders}
        all={offered}
        name={(minutes) => reminderText(t, minutes, whole)}
        most={MOST_REMINDERS}
        onChange={(chosen) => onChange({ ...value, reminders: chosen })}
      />
      <div className={shared.pair}>
        <NativeSelect
          size="md"
          label={t('schedule.repeats')}
          value={every}
          onChange={(event) => onChange({ ...value, every: event.currentTarget.value as TimesForm['every'] & string })}
          data={EVERY.map((one) => ({ value: one, label: t(one ? `kinds.each_${one}` : 'schedule.once') }))}
          error={wrong('repeat')}
        />
        {every && (
          <NumberInput
            size="md"
            label={t('schedule.interval')}
            description={t(`schedule.interval_${every}`)}
            min={1}
            max={99}
            clampBehavior="strict"
            allowDecimal={false}
            hideControls
            value={interval}
            onChange={(number) => onChange({ ...value, interval: typeof number === 'number' ? Math.max(1, number) : 1 })}
          />
        )}
      </div>
      {every === 'week' && (
        <Toggles
          label={t('schedule.on_days')}
          chosen={[...new Set([...days, ...(first ? [first] : [])])]}
          all={[1, 2, 3, 4, 5, 6, 7]}
          fixed={first}
          name={(number) => weekdayName(number)}
          onChange={(chosen) => onChange({ ...value, days: chosen })}
        />
      )}
      {every && (
        <TextInput
          type="date"
          label={t('schedule.until')}
          description={t('schedule.until_explained')}
          min={begins.slice(0, 10)}
          value={until}
          onChange={(event) => onChange({ ...value, until: event.currentTarget.value, count: null })}
          error={wrong('repeat.until', 'repeat.count')}
        />
      )}
    </>
  )
}

interface TogglesProps {
  label: string
  chosen: readonly number[]
  all: readonly number[]
  name: (one: number) => string
  /** Cannot be let go. */
  fixed?: number
  most?: number
  onChange: (chosen: number[]) => void
}

function Toggles({ label, chosen, all, name, fixed, most = all.length, onChange }: TogglesProps) {
  const press = (one: number): void => onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one].sort((a, b) => a - b))
  return (
    <fieldset className={classes.toggles}>
      <legend className={classes.legend}>{label}</legend>
      {all.map((one) => (
        <button
          key={one}
          type="button"
          className={classes.toggle}
          aria-pressed={chosen.includes(one)}
          disabled={one === fixed || (!chosen.includes(one) && chosen.length >= most)}
          onClick={() => press(one)}
        >
          {name(one)}
        </button>
      ))}
    </fieldset>
  )
}
