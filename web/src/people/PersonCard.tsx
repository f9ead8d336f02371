// One person: who they are, and call, mail, message at a press. For administrators a new invitation link.
import { Button, Skeleton } from '@mantine/core'
import { IconKey, IconMail, IconMessage, IconPhone } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Id, Person } from '../api/types'
import { beginDirect } from '../chat/begin'
import { dayOf } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useCan, useMyId } from '../live/bootstrap'
import { useAway } from '../live/away'
import { useDepartments, usePerson } from '../live/directory'
import { AbsenceButton } from '../leaving/AbsenceButton'
import { DelegateButton } from '../leaving/DelegateButton'
import { LeavingSection } from '../leaving/LeavingSection'
import { AccessOf } from '../security/AccessOf'
import { showPermissions } from '../roles/shown'
import { Traces } from '../cards/Traces'
import { Avatar } from '../ui/Avatar'
import { Panel } from '../ui/Panel'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { NewLink, ResetLink } from './NewLink'
import classes from './PersonCard.module.css'
import { showPerson } from './shown'
import { StateChip } from './StateChip'

export default function PersonCard({ id, onClose }: { id: Id; onClose: () => void }) {
  const t = useT()
  const person = usePerson(id)
  return (
    <Panel onClose={onClose} width={420} title={t('people.person')}>
      {person ? <Content person={person} /> : <Skeleton height={120} aria-hidden />}
    </Panel>
  )
}

function Content({ person }: { person: Person }) {
  const t = useT()
  const me = useMyId()
  const [, go] = useLocation()
  const mayEnd = useCan('sessions.end')
  const mayInvite = useCan('people.import')
  const mayGive = useCan('roles.edit')
  const mayReset = useCan('people.reset_password')
  const manager = usePerson(person.manager_id)
  const departments = useDepartments()
  const away = useAway(person)
  const deputy = usePerson(away?.deputy_id)
  const mayDisable = useCan('people.disable')
  const [busy, setBusy] = useState(false)
  const places = person.department_ids.flatMap((id) => departments.find((d) => d.id === id)?.path ?? [])
  const headed = departments.filter((d) => d.heads.includes(person.id))
  const canTalk = person.id !== me && person.state !== 'left' && person.kind !== 'bot'
  const talk = async (): Promise<void> => {
    setBusy(true)
    try {
      go(`/chat/${await beginDirect(person.id)}`)
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
      setBusy(false)
    }
  }
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <Avatar id={person.id} name={person.name} size={64} />
        <div className={classes.words}>
          <h3 className={classes.name}>{person.name}</h3>
          {person.title && <span className={classes.title}>{person.title}</span>}
          {person.about && <p className={classes.about}>{person.about}</p>}
          <StateChip person={person} />
        </div>
      </div>
      <div className={classes.acts}>
        {canTalk && (
          <Button leftSection={<IconMessage size={20} />} loading={busy} onClick={() => void talk()}>
            {t('people.message')}
          </Button>
        )}
        {person.phone && (
          <Button component="a" href={`tel:${person.phone}`} variant="default" leftSection={<IconPhone size={20} />}>
            {t('people.call')}
          </Button>
        )}
        {(mayGive || person.id === me) && (
          <Button variant="default" leftSection={<IconKey size={20} />} onClick={() => showPermissions(person.id)}>
            {t('roles.permissions')}
          </Button>
        )}
        {person.email && (
          <Button component="a" href={`mailto:${person.email}`} variant="default" leftSection={<IconMail size={20} />}>
            {t('people.mail')}
          </Button>
        )}
      </div>
      <dl className={classes.facts}>
        <Fact name={t('leaving.absence')}>
          {away && person.state !== 'left' && (
            <>
              {t('leaving.days', { from: dayOf(away.from_day), to: dayOf(away.to_day) })}
              {deputy && (
                <>
                  {' · '}
                  <button type="button" className={classes.link} onClick={() => showPerson(deputy.id)}>
                    {t('ui.deputy', { name: deputy.name })}
                  </button>
                </>
              )}
            </>
          )}
        </Fact>
        <Fact name={t('me.departments')}>{places.length > 0 && places.map((path) => <div key={path}>{path}</div>)}</Fact>
        <Fact name={t('people.heads')}>{headed.length > 0 && headed.map((d) => <div key={d.id}>{d.path}</div>)}</Fact>
        <Fact name={t('people.column_manager')}>
          {manager && (
            <button type="button" className={classes.link} onClick={() => showPerson(manager.id)}>
              {manager.name}
            </button>
          )}
        </Fact>
        <Fact name={t('me.staff_number')}>{person.staff_number}</Fact>
        <Fact name={t('me.phone')}>{person.phone}</Fact>
        <Fact name={t('me.email')}>{person.email}</Fact>
      </dl>
      {mayEnd && person.id !== me && person.state === 'active' && <AccessOf key={`access-${person.id}`} person={person} />}
      {mayInvite && person.state === 'invited' && <NewLink key={`invitation-${person.id}`} person={person} />}
      {mayReset && person.state === 'active' && person.id !== me && person.kind !== 'bot' && (
        <ResetLink key={`reset-${person.id}`} person={person} />
      )}
      <Traces kind="person" id={person.id} />
      <AbsenceButton person={person} />
      <DelegateButton person={person} />
      {mayDisable && person.id !== me && <LeavingSection key={`leaving-${person.id}`} person={person} />}
    </div>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  if (!children) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
