// What is filled in within a dialog, with its two ways out.
import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useT } from '../i18n/i18n'
import classes from './DialogForm.module.css'

interface Props {
  onSubmit: () => unknown
  onCancel: () => void
  /** What is done. */
  submit: string
  busy: boolean
  disabled?: boolean
  /** It takes something away. */
  grave?: boolean
  /** Nothing is filled in: what is done has the keyboard. */
  focused?: boolean
  children: ReactNode
}

export function DialogForm({ onSubmit, onCancel, submit, busy, disabled = false, grave = false, focused = false, children }: Props) {
  const t = useT()
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={disabled} data-autofocus={focused || undefined} {...(grave && { color: 'red.9' })}>
          {submit}
        </Button>
      </Group>
    </form>
  )
}
