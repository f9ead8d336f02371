// A code of the second factor, or a recovery code: one field for both, digits first.
import { TextInput } from '@mantine/core'
import { useT } from '../i18n/i18n'

interface Props {
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  /** Only the six digits of the authenticator. */
  digitsOnly?: boolean
}

export function CodeInput({ value, onChange, error, digitsOnly = false, ...rest }: Props) {
  const t = useT()
  return (
    <TextInput
      {...rest}
      label={t('security.code')}
      description={digitsOnly ? undefined : t('security.code_or_recovery')}
      name="one-time-code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      inputMode={digitsOnly ? 'numeric' : 'text'}
      maxLength={40}
      required
      withAsterisk={false}
      autoFocus
      data-autofocus
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
