// A field for a password that is being chosen.
import { PasswordInput } from '@mantine/core'
import { useT } from '../i18n/i18n'

interface Props {
  label?: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
  autoFocus?: boolean
}

export function NewPassword({ label, value, onChange, error, autoFocus = false }: Props) {
  const t = useT()
  return (
    <PasswordInput
      label={label ?? t('join.password')}
      description={t('join.password_rule')}
      autoComplete="new-password"
      required
      withAsterisk={false}
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
    />
  )
}
