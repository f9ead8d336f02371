// One name with its checkbox; the whole row is the target.
import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './NameCheck.module.css'

interface Props {
  name: string
  hint: string
  checked: boolean
  disabled?: boolean
  mark?: ReactNode
  onChange: () => void
}

export function NameCheck({ name, hint, checked, disabled = false, mark, onChange }: Props) {
  return (
    <label className={classes.row} data-disabled={disabled || undefined}>
      <Checkbox checked={checked} disabled={disabled} onChange={onChange} />
      {mark}
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        {hint && <span className={classes.hint}>{hint}</span>}
      </span>
    </label>
  )
}
