// A calm line above the page while the connection is away. It waits a moment, so that a short hiccup shows nothing.
import { IconCloudOff, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useT } from '../i18n/i18n'
import classes from './OfflineBar.module.css'

interface Props {
  state: 'connecting' | 'online' | 'resuming' | 'offline' | 'ended'
  /** How many things wait to be sent. */
  waiting: number
}
const PATIENCE = 1_500

export function OfflineBar({ state, waiting }: Props) {
  const t = useT()
  const away = state === 'offline' || state === 'resuming' || state === 'connecting'
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(away), away && state !== 'offline' ? PATIENCE : 0)
    return () => clearTimeout(timer)
  }, [away, state])
  const Icon = state === 'offline' ? IconCloudOff : IconRefresh
  const text =
    state === 'offline' && waiting > 0 ? t('connection.offline_waiting', { count: waiting }) : t(`connection.${state}`)
  return (
    <div role="status" data-connection={state}>
      {shown && (
        <div className={classes.bar} data-state={state}>
          <Icon size={16} aria-hidden />
          <span>{text}</span>
        </div>
      )}
    </div>
  )
}
