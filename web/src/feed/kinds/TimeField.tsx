// A moment chosen by hand, or none.
import { TextInput } from '@mantine/core'
import type { FieldProblem } from '../../api/types'
import { fromField, toField } from '../share/due'
import { fieldText } from '../../ui/ProblemText'

interface Props {
  label: string
  description?: string
  value: unknown
  onChange: (value: string | null) => void
  error?: FieldProblem | undefined
}

export function TimeField({ label, description, value, onChange, error }: Props) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={description}
      value={typeof value === 'string' ? toField(new Date(value)) : ''}
      onChange={(event) => onChange(fromField(event.currentTarget.value))}
      error={error && <span data-error={error.code}>{fieldText(error)}</span>}
    />
  )
}
