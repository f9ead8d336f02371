// What a role gives: capability by capability, each over whom. Chips, so that it works under a thumb.
import { Button, Group, Skeleton, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import type { CapabilityView, RoleView } from '../api/generated'
import { useT } from '../i18n/i18n'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './Roles.module.css'
import { ScopeChips } from './ScopeChips'
import { byNoun, type Capabilities, capabilityName, nounName, roleName, same, toggled, useCapabilities, useRolesChanged } from './roles'

export function RoleEditor({ role, mayEdit }: { role: RoleView; mayEdit: boolean }) {
  const t = useT()
  const changed = useRolesChanged()
  const all = useCapabilities()
  const [name, setName] = useState(roleName(role))
  const [gives, setGives] = useState<Capabilities>(role.capabilities)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const renamed = name.trim() !== roleName(role)
  const isDirty = renamed || !same(gives, role.capabilities)
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const body = { version: role.version, capabilities: gives, ...(renamed ? { name: name.trim() } : {}) }
      await api.patch(`/roles/${role.id}`, body)
      await changed()
      toast(t('roles.saved'))
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const press = (capability: CapabilityView, scope: string): void =>
    setGives({ ...gives, [capability.name]: toggled(gives[capability.name] ?? [], scope) })
  return (
    <div className={classes.editor}>
      {mayEdit && (
        <TextInput label={t('roles.name')} value={name} maxLength={60} onChange={(event) => setName(event.currentTarget.value)} />
      )}
      <ProblemText error={all.error} />
      {!all.data && !all.error && <Skeleton height={320} aria-hidden />}
      {byNoun(all.data ?? []).map(([noun, capabilities]) => (
        <section key={noun} className={classes.noun} aria-label={nounName(noun)}>
          <h3 className={classes.heading}>{nounName(noun)}</h3>
          {capabilities.map((one) => (
            <div key={one.name} className={classes.capability} data-capability={one.name}>
              <span className={classes.what} data-held={(gives[one.name]?.length ?? 0) > 0 || undefined}>
                {capabilityName(one.name)}
              </span>
              <ScopeChips
                label={capabilityName(one.name)}
                scopes={one.scopes}
                held={gives[one.name] ?? []}
                {...(mayEdit ? { onPress: (scope: string) => press(one, scope) } : {})}
              />
            </div>
          ))}
        </section>
      ))}
      {mayEdit && isDirty && (
        <div className={classes.save}>
          <ProblemText error={error} />
          <Group justify="flex-end">
            <Button
              variant="default"
              onClick={() => {
                setName(roleName(role))
                setGives(role.capabilities)
                setError(null)
              }}
            >
              {t('roles.undo')}
            </Button>
            <Button loading={busy} disabled={!name.trim()} onClick={() => void save()}>
              {t('roles.save_for', { count: role.holders })}
            </Button>
          </Group>
        </div>
      )}
    </div>
  )
}
