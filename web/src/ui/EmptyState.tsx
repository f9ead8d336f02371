// What a place says while nothing is in it: what it is for and what to do first.
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

interface Props {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  /** It is all that its page says. */
  alone?: boolean
}

export function EmptyState({ icon, title, children, action, alone = false }: Props) {
  const Title = alone ? 'h1' : 'p'
  return (
    <div className={classes.empty}>
      {icon && (
        <div className={classes.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Title className={classes.title}>{title}</Title>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
