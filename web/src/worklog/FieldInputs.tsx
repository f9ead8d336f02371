// What a template asks for, field by field: a text, a number with its unit, one of several choices.
import { Textarea, TextInput } from '@mantine/core'
import type { FilledField } from '../api/generated'
import type { FieldProblem } from '../api/types'
import choices from '../feed/share/Field.module.css'
import { sayMaybe, useT } from '../i18n/i18n'
import { fieldText } from '../ui/ProblemText'
import classes from './Worklog.module.css'

type Asked = Omit<FilledField, 'value'> & { hint?: string }

interface Props {
  fields: readonly Asked[]
  values: Record<string, string>
  onChange: (values: Record<string, string>) => void
  error: FieldProblem | undefined
  /** What the names of wrong fields begin with. */
  at: string
}

const MOST = 5_000

export function FieldInputs({ fields, values, onChange, error, at }: Props) {
  useT()
  return fields.map((one) => {
    const wrong = error?.field === `${at}.${one.key}` ? error : undefined
    const set = (value: string): void => onChange({ ...values, [one.key]: value })
    const common = {
      label: one.title,
      withAsterisk: one.required,
      placeholder: one.hint ?? '',
      value: values[one.key] ?? '',
      maxLength: MOST,
      error: wrong && <span data-error={wrong.code}>{wordsOf(wrong, one.title)}</span>,
    }
    if (one.type === 'choice') {
      return (
        <div key={one.key} className={classes.asked} role="group" aria-label={one.title} data-asked={one.key}>
          <span className={choices.label} aria-hidden>
            {one.title}
            {one.required && <span className={classes.asterisk}> *</span>}
          </span>
          <div className={choices.chips}>
            {one.choices.map((choice) => (
              <button
                key={choice}
                type="button"
                className={choices.choice}
                aria-pressed={values[one.key] === choice}
                onClick={() => set(values[one.key] === choice ? '' : choice)}
              >
                {choice}
              </button>
            ))}
          </div>
          {wrong && (
            <p className={choices.error} data-error={wrong.code}>
              {wordsOf(wrong, one.title)}
            </p>
          )}
        </div>
      )
    }
    return one.type === 'number' ? (
      <TextInput
        key={one.key}
        {...common}
        data-asked={one.key}
        inputMode="decimal"
        rightSection={one.unit ? <span className={classes.unit}>{one.unit}</span> : null}
        rightSectionWidth={one.unit ? 72 : 0}
        onChange={(event) => set(event.currentTarget.value)}
      />
    ) : (
      <Textarea
        key={one.key}
        {...common}
        data-asked={one.key}
        autosize
        minRows={2}
        maxRows={12}
        onChange={(event) => set(event.currentTarget.value)}
      />
    )
  })
}

function wordsOf(wrong: FieldProblem, title: string): string {
  return sayMaybe(`logs.wrong_${wrong.code}`, { ...wrong.params, title }) ?? fieldText(wrong)
}
