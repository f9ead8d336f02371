// «May X do Y to Z?»: a capability, another person, and the answer with its reason.
import { Alert, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import type { Allowed, HeldRole, PermissionsView } from '../api/generated'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { colleagueSearch } from '../live/lookup'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { ProblemText } from '../ui/ProblemText'
import classes from './Roles.module.css'
import { capabilityName, roleName, scopeName } from './roles'

interface Props {
  person: Id
  allowed: readonly Allowed[]
  roles: readonly HeldRole[]
}

export function MayOne({ person, allowed, roles }: Props) {
  const t = useT()
  const [capability, setCapability] = useState('')
  const [other, setOther] = useState<Named[]>([])
  const target = other[0]
  const asked = useQuery({
    queryKey: ['permissions', person, capability, target?.id],
    queryFn: async ({ signal }) =>
      (await api.get<PermissionsView>(`/people/${person}/permissions`, { query: { capability, person: target?.id }, signal })).data
        .verdict,
    enabled: capability !== '' && target !== undefined,
    staleTime: 0,
  })
  const verdict = asked.data
  const why = verdict?.because.map((grant) => {
    const role = roles.find((one) => one.role_id === grant.role_id)
    return t('roles.through', { scope: scopeName(grant.scope), role: role ? roleName(role) : '' })
  })
  return (
    <section className={classes.noun} aria-labelledby="may-one">
      <h3 className={classes.heading} id="may-one">
        {t('roles.may_to')}
      </h3>
      <NativeSelect
        label={t('roles.does_what')}
        value={capability}
        onChange={(event) => setCapability(event.currentTarget.value)}
      >
        <option value="">{t('roles.choose')}</option>
        {allowed.map((one) => (
          <option key={one.capability} value={one.capability}>
            {capabilityName(one.capability)}
          </option>
        ))}
      </NativeSelect>
      <NamePicker label={t('roles.to_whom')} value={other} onChange={setOther} search={colleagueSearch} single />
      <ProblemText error={asked.error} />
      {verdict && (
        <Alert color={verdict.may ? 'teal' : 'orange'} role="status" title={t(verdict.may ? 'roles.yes' : 'roles.no')}>
          {verdict.may ? why?.join(' · ') : t(`roles.because.${verdict.reason as 'not_active' | 'no_capability' | 'out_of_scope'}`)}
        </Alert>
      )}
    </section>
  )
}
