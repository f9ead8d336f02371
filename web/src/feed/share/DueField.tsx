// By when: usual times at a press, or one's own.
import { TextInput } from '@mantine/core'
import type { FieldProblem } from '../../api/types'
import { exactTime } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { useNow } from '../../ui/now'
import { type DueChoice, fromField, offered, timeOf, toField } from './due'
import classes from './Field.module.css'
import { FieldError } from './FieldError'

interface Props<Form> {
  /** «Due by» when left out. */
  label?: string
  value: Form
  onChange: (value: Form) => void
  error: FieldProblem | undefined
}

export function DueField<Form extends { choice: DueChoice; due: string | null }>({ label, value, onChange, error }: Props<Form>) {
  const t = useT()
  const now = useNow()
  const choose = (choice: DueChoice): void => {
    const time = choice === 'custom' ? value.due : (timeOf(choice, new Date())?.toISOString() ?? null)
    onChange({ ...value, choice, due: time })
  }
  const choices = offered(now)
  return (
    <div className={classes.field} role="group" aria-label={label ?? t('feed.due_by')} data-field="due">
      <span className={classes.label} aria-hidden>
        {label ?? t('feed.due_by')}
      </span>
      <div className={classes.chips}>
        {choices.map((choice) => (
          <button
            key={choice}
            type="button"
            className={classes.choice}
            aria-pressed={value.choice === choice}
            onClick={() => choose(choice)}
          >
            {t(`feed.due_${choice}`)}
          </button>
        ))}
      </div>
      {value.choice === 'custom' && (
        <TextInput
          type="datetime-local"
          aria-label={t('feed.due_custom_time')}
          min={toField(now)}
          value={value.due ? toField(new Date(value.due)) : ''}
          onChange={(event) => onChange({ ...value, due: fromField(event.currentTarget.value) })}
        />
      )}
      {value.due && <p className={classes.note}>{exactTime(value.due)}</p>}
      <FieldError problem={error} />
    </div>
  )
}
