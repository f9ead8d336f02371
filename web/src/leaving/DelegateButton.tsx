// On a person's card, for administrators: a deputy for somebody who has no time to name one.
import { Button } from '@mantine/core'
import { IconUserShare } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { useCan, useMyId } from '../live/bootstrap'

const DelegationDialog = lazy(() => import('./DelegationDialog').then((m) => ({ default: m.DelegationDialog })))

export function DelegateButton({ person }: { person: Person }) {
  const t = useT()
  const me = useMyId()
  const may = useCan('delegations.edit')
  const [open, setOpen] = useState(false)
  if (!may || person.id === me || person.kind !== 'employee' || person.state === 'left') return null
  return (
    <>
      <Button variant="default" leftSection={<IconUserShare size={20} />} onClick={() => setOpen(true)}>
        {t('leaving.name_deputy')}
      </Button>
      {open && (
        <Suspense>
          <DelegationDialog principal={person} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
