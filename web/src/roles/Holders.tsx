// Who holds a role; give it to somebody, take it from somebody. What follows from reports or a department says so.
import { ActionIcon, Badge, Button, Skeleton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { HolderView, RoleView } from '../api/generated'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { colleagueSearch } from '../live/lookup'
import { Avatar } from '../ui/Avatar'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { ProblemText } from '../ui/ProblemText'
import classes from './Roles.module.css'
import { giveAndTake, roleName, useHolders, useRolesChanged } from './roles'
import { showPermissions } from './shown'

export function Holders({ role }: { role: RoleView }) {
  const t = useT()
  const changed = useRolesChanged()
  const holders = useHolders(role.id)
  const [chosen, setChosen] = useState<Named[]>([])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const give = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      for (const one of chosen) await giveAndTake(one.id, [role.id], [])
      setChosen([])
      await changed()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={classes.editor}>
      <NamePicker label={t('roles.give_to')} value={chosen} onChange={setChosen} search={colleagueSearch} single />
      {chosen.length > 0 && (
        <Button loading={busy} onClick={() => void give()}>
          {t('roles.give')}
        </Button>
      )}
      <ProblemText error={error ?? holders.error} />
      {!holders.data && !holders.error && <Skeleton height={160} aria-hidden />}
      {holders.data?.items.length === 0 && <p className={classes.note}>{t('roles.nobody')}</p>}
      <ul className={classes.people}>
        {holders.data?.items.map((one) => (
          <Holder key={one.person_id} holder={one} role={role} />
        ))}
      </ul>
      {holders.data?.next && <p className={classes.note}>{t('roles.and_more', { count: role.holders - holders.data.items.length })}</p>}
    </div>
  )
}

function Holder({ holder, role }: { holder: HolderView; role: RoleView }) {
  const t = useT()
  const changed = useRolesChanged()
  const person = usePerson(holder.person_id)
  const me = useMyId()
  const [asking, setAsking] = useState(false)
  const name = person?.name ?? '…'
  return (
    <li className={classes.person}>
      <button type="button" className={classes.who} onClick={() => showPermissions(holder.person_id)}>
        <Avatar id={holder.person_id} name={name} size={36} />
        <span className={classes.words}>
          {name}
          {person?.title && <span className={classes.about}>{person.title}</span>}
        </span>
      </button>
      {holder.automatic && <Badge variant="light">{t('roles.automatic')}</Badge>}
      {holder.given && (
        <ActionIcon aria-label={t('roles.take_from', { name })} onClick={() => setAsking(true)}>
          <IconX size={20} />
        </ActionIcon>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('roles.take_title', { name, role: roleName(role) })}
        confirm={t('roles.take')}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await giveAndTake(holder.person_id, [], [role.id])
          await changed()
        }}
      >
        {t(holder.person_id === me ? 'roles.take_own_text' : 'roles.take_text')}
      </ConfirmDialog>
    </li>
  )
}
