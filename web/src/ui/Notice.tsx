// Something to mind before one goes on: in words, on the colour of a warning.
import type { ReactNode } from 'react'
import classes from './Notice.module.css'

interface Props {
  title?: string
  role?: 'alert' | 'status'
  children?: ReactNode
}

export function Notice({ title, role, children }: Props) {
  return (
    <div className={classes.notice} role={role}>
      {title && <strong className={classes.title}>{title}</strong>}
      {children}
    </div>
  )
}
