// One or several of a few choices, pressed; pressed again they are let go.
import chips from '../../feed/share/Field.module.css'
import { useWords } from '../kinds'
import type { Field } from '../wire'

interface Props {
  field: Pick<Field, 'name' | 'words' | 'help' | 'required' | 'choices'>
  value: readonly string[]
  onChange: (value: string[]) => void
  single?: boolean
  error?: string | undefined
  unlabelled?: boolean
}

export function ChoiceInput({ field, value, onChange, single = false, error, unlabelled = false }: Props) {
  const words = useWords()
  const press = (code: string): void => {
    if (value.includes(code)) onChange(value.filter((one) => one !== code))
    else onChange(single ? [code] : field.choices.map((one) => one.code).filter((one) => one === code || value.includes(one)))
  }
  return (
    <div className={chips.field} role="group" aria-label={words(field.words)} data-input={field.name}>
      {!unlabelled && (
        <span className={chips.label} aria-hidden>
          {words(field.words)}
          {field.required && ' *'}
        </span>
      )}
      {!unlabelled && field.help && <p className={chips.note}>{words(field.help)}</p>}
      <div className={chips.chips}>
        {field.choices.map((one) => (
          <button
            key={one.code}
            type="button"
            className={chips.choice}
            data-choice={one.code}
            aria-pressed={value.includes(one.code)}
            onClick={() => press(one.code)}
          >
            {words(one.words)}
          </button>
        ))}
      </div>
      {error && (
        <p className={chips.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
