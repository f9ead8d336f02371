// Over whom: one chip per scope, pressed or not; without `onPress` only the held ones are shown.
import { IconCheck } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import classes from './Roles.module.css'
import { scopeName } from './roles'

interface Props {
  label: string
  scopes: readonly string[]
  held: readonly string[]
  onPress?: (scope: string) => void
}

export function ScopeChips({ label, scopes, held, onPress }: Props) {
  const t = useT()
  const onlyAll = scopes.length === 1
  const words = (scope: string): string => (onlyAll ? t('roles.allowed') : scopeName(scope))
  if (!onPress) {
    const some = scopes.filter((scope) => held.includes(scope))
    return <span className={classes.plain}>{some.length > 0 ? some.map(words).join(' · ') : '–'}</span>
  }
  return (
    <span className={classes.chips} role="group" aria-label={label}>
      {scopes.map((scope) => {
        const isOn = held.includes(scope)
        return (
          <button
            key={scope}
            type="button"
            className={classes.chip}
            aria-pressed={isOn}
            data-scope={scope}
            onClick={() => onPress(scope)}
          >
            {isOn && <IconCheck size={16} aria-hidden />}
            {words(scope)}
          </button>
        )
      })}
    </span>
  )
}
