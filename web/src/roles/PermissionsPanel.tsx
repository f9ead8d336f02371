// «What may this person do, and why»: roles given and automatic, capability by capability through which role, and the question
// whether it reaches a certain other person.
import { Badge, Button, Checkbox, Skeleton } from '@mantine/core'
import { useState } from 'react'
import type { PermissionsView, RoleView } from '../api/generated'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { usePerson } from '../live/directory'
import { Panel } from '../ui/Panel'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { MayOne } from './MayOne'
import classes from './Roles.module.css'
import { capabilityName, giveAndTake, ordered, roleName, scopeName, usePermissions, useRoles, useRolesChanged } from './roles'

export default function PermissionsPanel({ person, onClose }: { person: Id; onClose: () => void }) {
  const t = useT()
  const name = usePerson(person)?.name ?? ''
  const told = usePermissions(person)
  return (
    <Panel title={t('roles.permissions_of', { name })} onClose={onClose} width={560}>
      <ProblemText error={told.error} />
      {!told.data && !told.error && <Skeleton height={320} aria-hidden />}
      {told.data && <Told told={told.data} />}
    </Panel>
  )
}

function Told({ told }: { told: PermissionsView }) {
  const t = useT()
  const has = ordered(told.allowed).filter((one) => one.grants.length > 0)
  const not = ordered(told.allowed).filter((one) => one.grants.length === 0)
  return (
    <div className={classes.editor}>
      {told.state !== 'active' && <p className={classes.note}>{t(told.state === 'left' ? 'roles.has_left' : 'roles.not_yet')}</p>}
      <section className={classes.noun} aria-labelledby="held-roles">
        <h3 className={classes.heading} id="held-roles">
          {t('roles.held')}
        </h3>
        {told.editable && told.state !== 'left' ? <GivenRoles told={told} /> : <HeldRoles told={told} />}
      </section>
      <section className={classes.noun} aria-labelledby="may-do">
        <h3 className={classes.heading} id="may-do">
          {t('roles.may_do')}
        </h3>
        <ul className={classes.reasons}>
          {has.map((one) => (
            <li key={one.capability}>
              <span className={classes.what} data-held>
                {capabilityName(one.capability)}
              </span>
              {one.grants.map((grant) => {
                const role = told.roles.find((held) => held.role_id === grant.role_id)
                return (
                  <span key={`${grant.role_id}/${grant.scope}`} className={classes.about}>
                    {t('roles.through', { scope: scopeName(grant.scope), role: role ? roleName(role) : '' })}
                  </span>
                )
              })}
            </li>
          ))}
        </ul>
        {has.length === 0 && <p className={classes.note}>{t('roles.may_nothing')}</p>}
        <p className={classes.note}>{t('roles.besides')}</p>
      </section>
      {told.editable && <MayOne person={told.person_id} allowed={ordered(told.allowed)} roles={told.roles} />}
      {not.length > 0 && (
        <section className={classes.noun} aria-labelledby="may-not">
          <h3 className={classes.heading} id="may-not">
            {t('roles.may_not')}
          </h3>
          <p className={classes.note}>{not.map((one) => capabilityName(one.capability)).join(' · ')}</p>
        </section>
      )}
    </div>
  )
}

function HeldRoles({ told }: { told: PermissionsView }) {
  const t = useT()
  return (
    <ul className={classes.reasons}>
      {told.roles.map((role) => (
        <li key={role.role_id} className={classes.name}>
          {roleName(role)}
          {role.automatic && <Badge variant="light">{t('roles.automatic')}</Badge>}
        </li>
      ))}
    </ul>
  )
}

function GivenRoles({ told }: { told: PermissionsView }) {
  const t = useT()
  const changed = useRolesChanged()
  const roles = useRoles()
  const given = told.roles.filter((role) => role.given).map((role) => role.role_id)
  const [wish, setWish] = useState<readonly Id[] | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const now = wish ?? given
  const isDirty = now.length !== given.length || now.some((id) => !given.includes(id))
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const take = given.filter((id) => !now.includes(id))
      await giveAndTake(told.person_id, now, take)
      await changed()
      setWish(null)
      toast(t('roles.saved'))
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const label = (role: RoleView) => (
    <span className={classes.name}>
      {roleName(role)}
      {told.roles.some((held) => held.role_id === role.id && held.automatic) && (
        <Badge variant="light">{t('roles.automatic')}</Badge>
      )}
    </span>
  )
  return (
    <>
      <div className={classes.checks}>
        {roles.data?.map((role) => (
          <Checkbox
            key={role.id}
            label={label(role)}
            checked={now.includes(role.id)}
            onChange={(event) =>
              setWish(event.currentTarget.checked ? [...now, role.id] : now.filter((id) => id !== role.id))
            }
          />
        ))}
      </div>
      <ProblemText error={error} />
      {isDirty && (
        <Button loading={busy} onClick={() => void save()}>
          {t('roles.save_roles')}
        </Button>
      )}
    </>
  )
}
