// For administrators, on a person's card: somebody leaves, or comes back.
import { Button } from '@mantine/core'
import { IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { api } from '../api/client'
import type { Person } from '../api/types'
import { dayAndTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import classes from './Leaving.module.css'

const LeaveDialog = lazy(() => import('./LeaveDialog'))

export function LeavingSection({ person }: { person: Person }) {
  const t = useT()
  // Remembered, because the answer may arrive as an event before the dialog has closed: it must not turn into the other one.
  const [asking, setAsking] = useState<'leave' | 'come_back' | null>(null)
  const hasLeft = person.state === 'left'
  const close = (): void => setAsking(null)
  return (
    <section className={classes.section} aria-label={t('leaving.title')}>
      {hasLeft && person.left_at && (
        <p className={classes.note}>{t('leaving.left_at', { at: dayAndTime(person.left_at) })}</p>
      )}
      <Button
        variant="default"
        leftSection={hasLeft ? <IconUserPlus size={20} /> : <IconUserMinus size={20} />}
        onClick={() => setAsking(hasLeft ? 'come_back' : 'leave')}
      >
        {t(hasLeft ? 'leaving.come_back' : 'leaving.leave')}
      </Button>
      {asking === 'leave' && (
        <Suspense>
          <LeaveDialog person={person} onClose={close} />
        </Suspense>
      )}
      <ConfirmDialog
        opened={asking === 'come_back'}
        title={t('leaving.come_back_title', { name: person.name })}
        confirm={t('leaving.come_back')}
        danger={false}
        onConfirm={async () => {
          await api.delete(`/people/${person.id}/resignation`)
        }}
        onClose={close}
      >
        {t('leaving.come_back_text')}
      </ConfirmDialog>
    </section>
  )
}
