// The chosen names, each with a way to take it away.
import { IconX } from '@tabler/icons-react'
import { useT } from '../../i18n/i18n'
import { type Named, nameKey, sameName } from '../../ui/names'
import classes from './Field.module.css'

interface Props {
  value: readonly Named[]
  onChange: (value: Named[]) => void
}

export function Chips({ value, onChange }: Props) {
  const t = useT()
  if (value.length === 0) return null
  return (
    <ul className={classes.chips}>
      {value.map((named) => {
        const name = named.kind === 'everyone' ? t('feed.everyone') : named.name
        return (
          <li key={nameKey(named)} className={classes.chip} title={named.hint || undefined}>
            <span className={classes.name}>{name}</span>
            <button
              type="button"
              className={classes.remove}
              aria-label={t('ui.remove_name', { name })}
              onClick={() => onChange(value.filter((one) => !sameName(one, named)))}
            >
              <IconX size={16} aria-hidden />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
