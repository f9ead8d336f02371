// While the first answer is on its way, or the server cannot be reached.
import { Button, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'
import { startSession } from './session'
import classes from './Waiting.module.css'

interface Props {
  unreachable?: boolean
  /** Inside the shell's own main. */
  inside?: boolean
}

export function Waiting({ unreachable = false, inside = false }: Props) {
  const t = useT()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 400)
    return () => clearTimeout(timer)
  }, [])
  const Frame = inside ? 'div' : 'main'
  if (unreachable) {
    return (
      <main className={classes.middle}>
        <EmptyState
          title={t('connection.unreachable')}
          action={<Button onClick={() => void startSession()}>{t('ui.try_again')}</Button>}
        >
          {t('connection.unreachable_text')}
        </EmptyState>
      </main>
    )
  }
  return (
    <Frame className={classes.middle} aria-busy="true">
      {late && <Loader aria-label={t('ui.loading')} />}
    </Frame>
  )
}
