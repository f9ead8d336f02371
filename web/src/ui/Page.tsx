// The frame of a page inside the shell: heading with optional back and actions (and the shell's corner), then one
// readable column.
import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useContext } from 'react'
import { useT } from '../i18n/i18n'
import { Corner } from './corner'
import classes from './Page.module.css'

interface Props {
  title: ReactNode
  actions?: ReactNode
  onBack?: () => void
  /** Tables and boards use the whole width. */
  wide?: boolean
  children: ReactNode
}

export function Page({ title, actions, onBack, wide = false, children }: Props) {
  const t = useT()
  const corner = useContext(Corner)
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.bar} data-wide={wide || undefined}>
          {onBack && (
            <ActionIcon aria-label={t('ui.back')} onClick={onBack}>
              <IconArrowLeft size={22} />
            </ActionIcon>
          )}
          <h1 className={classes.title}>{title}</h1>
          {actions}
          {!onBack && corner}
        </div>
      </header>
      <div className={classes.column} data-wide={wide || undefined}>
        {children}
      </div>
    </div>
  )
}
