// Somebody's absences: the list, and one form that enters a new one or changes the chosen one.
import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import type { Absence, List, Person } from '../api/types'
import { dayOf } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useToday } from '../live/away'
import { usePerson } from '../live/directory'
import { useEntity } from '../live/hooks'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import { AbsenceForm } from './AbsenceForm'
import classes from './Leaving.module.css'

export default function AbsencesDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT()
  const today = useToday()
  // Somebody else may enter one meanwhile: the person's own entity tells.
  const stamp = JSON.stringify(useEntity('person', person.id)?.away)
  const found = useQuery({
    queryKey: ['absences', person.id, stamp],
    queryFn: async () => (await api.get<List<Absence>>(`/people/${person.id}/absences`)).data.items,
    placeholderData: (before) => before,
  })
  const [editing, setEditing] = useState<Absence | 'new' | null>(null)
  const done = (): void => {
    setEditing(null)
    void found.refetch()
  }
  const items = [...(found.data ?? [])].sort((a, b) => (a.from_day < b.from_day ? 1 : -1))
  return (
    <Dialog title={t('leaving.absences_of', { name: person.name })} onClose={onClose} tall>
      {editing ? (
        <AbsenceForm
          key={editing === 'new' ? 'new' : editing.id}
          person={person}
          absence={editing === 'new' ? null : editing}
          onDone={done}
          onCancel={() => setEditing(null)}
        />
      ) : (
        <div className={classes.stack}>
          <ProblemText error={found.error} />
          {found.isPending && <Skeleton height={52} />}
          {found.data?.length === 0 && <p className={classes.note}>{t('leaving.no_absences')}</p>}
          <ul className={classes.rows}>
            {items.map((one) => (
              <AbsenceRow key={one.id} absence={one} today={today} onChange={() => setEditing(one)} />
            ))}
          </ul>
          <Button leftSection={<IconPlus size={20} />} onClick={() => setEditing('new')}>
            {t('leaving.new_absence')}
          </Button>
          <p className={classes.note}>{t('leaving.absences_explained')}</p>
        </div>
      )}
    </Dialog>
  )
}

function AbsenceRow({ absence, today, onChange }: { absence: Absence; today: string; onChange: () => void }) {
  const t = useT()
  const deputy = usePerson(absence.deputy_id)
  const { from_day, to_day, reason } = absence
  const state = to_day < today ? 'past' : from_day > today ? 'coming' : 'now'
  const days = from_day === to_day ? dayOf(from_day) : t('leaving.days', { from: dayOf(from_day), to: dayOf(to_day) })
  return (
    <li className={classes.row} data-state={state}>
      <span className={classes.words}>
        <span className={classes.name}>{days}</span>
        <span className={classes.hint}>
          {[t(`leaving.${state}`), reason && t(`leaving.reason.${reason}`), deputy && t('ui.deputy', { name: deputy.name })]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <Button variant="subtle" onClick={onChange} aria-label={t('leaving.change_days', { days })}>
        {t('ui.change')}
      </Button>
    </li>
  )
}
