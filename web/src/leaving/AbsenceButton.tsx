// On a person's card and on Me: the way to somebody's absences, for whoever may enter them.
import { Button } from '@mantine/core'
import { IconCalendarOff } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { useMayEnterFor } from './mayEnterFor'

const AbsencesDialog = lazy(() => import('./AbsencesDialog'))

export function AbsenceButton({ person }: { person: Person }) {
  const t = useT()
  const me = useMyId()
  const may = useMayEnterFor(person)
  const [open, setOpen] = useState(false)
  if (!may) return null
  return (
    <>
      <Button variant="default" leftSection={<IconCalendarOff size={20} />} onClick={() => setOpen(true)}>
        {t(person.id === me ? 'leaving.my_absences' : 'leaving.absences')}
      </Button>
      {open && (
        <Suspense>
          <AbsencesDialog person={person} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
