// The mark 「工」: lit where a company of a registry was chosen.
import { useT } from '../../i18n/i18n'
import classes from './Registry.module.css'

/** In a list: only where it is lit. */
export function LitMark() {
  const t = useT()
  return (
    <span className={classes.mark} data-lit role="img" aria-label={t('registry.lit')}>
      工
    </span>
  )
}

interface Props {
  lit: boolean
  onPress: () => void
  disabled?: boolean
}

export function MarkButton({ lit, onPress, disabled = false }: Props) {
  const t = useT()
  const label = t(lit ? 'registry.show' : 'registry.dark')
  return (
    <button type="button" className={classes.markButton} disabled={disabled} onClick={onPress} aria-label={label} title={label} data-registry-mark={lit ? 'lit' : 'dark'}>
      <span className={classes.mark} data-lit={lit || undefined} aria-hidden>
        工
      </span>
    </button>
  )
}
