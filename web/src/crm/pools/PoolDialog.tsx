// One pool: its name, who gives out and who sees what lies in it, the departments that have their home here, and the rule for owners.
import { Switch, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { api } from '../../api/client'
import type { PoolItem, PoolView } from '../../api/generated'
import { newId } from '../../api/ids'
import { asProblem } from '../../api/problem'
import { useT } from '../../i18n/i18n'
import { useDepartments, usePeople } from '../../live/directory'
import { colleagueSearch, departmentNamed, departmentSearch, personNamed } from '../../live/lookup'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { NamePicker } from '../../ui/NamePicker'
import type { Named } from '../../ui/names'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { changesOf, type PoolForm } from './form'

const MOST_NAME = 60

interface Props {
  /** Null: a new one. */
  pool: PoolView | null
  onDone: () => Promise<void>
  onClose: () => void
}

export function PoolDialog({ pool, onDone, onClose }: Props) {
  const t = useT()
  const act = useAct()
  const key = useRef(newId())
  const made = useRef<PoolView | null>(pool)
  const [form, setForm] = useState<PoolForm>(() => ({
    name: pool?.name ?? '',
    mayChangeOwner: pool?.may_change_owner ?? true,
    admins: (pool?.people ?? []).filter((one) => one.role === 'admin').map((one) => one.person),
    members: (pool?.people ?? []).filter((one) => one.role === 'member').map((one) => one.person),
    departments: pool?.departments ?? [],
  }))
  const set = (change: Partial<PoolForm>): void => setForm((now) => ({ ...now, ...change }))
  const save = async (): Promise<void> => {
    const done = await act.run(async () => {
      try {
        const head = { name: form.name.trim(), may_change_owner: form.mayChangeOwner }
        const before = made.current
        if (!before) made.current = (await api.post<PoolItem>('/pools', { kind: 'customer', ...head }, { key: key.current })).data.item
        else if (before.name !== head.name || before.may_change_owner !== head.may_change_owner) made.current = (await api.patch<PoolItem>(`/pools/${before.id}`, { version: before.version, ...head })).data.item
        const now = made.current
        if (now) for (const { path, body } of changesOf(now, form)) await (body ? api.put(`/pools/${now.id}/${path}`, body) : api.delete(`/pools/${now.id}/${path}`))
      } catch (error) {
        if (!asProblem(error).isPassing) key.current = newId()
        throw error
      } finally {
        await onDone()
      }
      toast(t('pools.saved'), { tone: 'good' })
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t(pool ? 'pools.change' : 'pools.add')} onClose={onClose} tall>
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        submit={t('ui.save')}
        busy={act.busy}
        disabled={form.name.trim() === ''}
      >
        <TextInput label={t('pools.name')} value={form.name} maxLength={MOST_NAME} data-autofocus onChange={(event) => set({ name: event.currentTarget.value })} error={act.of('name')} />
        <People label={t('pools.admins')} description={t('pools.admins_text')} ids={form.admins} onChange={(admins) => set({ admins, members: form.members.filter((one) => !admins.includes(one)) })} />
        <People label={t('pools.members')} description={t('pools.members_text')} ids={form.members} onChange={(members) => set({ members, admins: form.admins.filter((one) => !members.includes(one)) })} />
        <Departments ids={form.departments} onChange={(departments) => set({ departments })} />
        <Switch label={t('pools.may_change_owner')} description={t('pools.may_change_owner_text')} checked={form.mayChangeOwner} onChange={(event) => set({ mayChangeOwner: event.currentTarget.checked })} />
        <ProblemText error={act.rest(['name'])} />
      </DialogForm>
    </Dialog>
  )
}

interface NamesProps {
  ids: readonly number[]
  onChange: (ids: number[]) => void
}

function People({ label, description, ids, onChange }: NamesProps & { label: string; description: string }) {
  const known = new Map(usePeople(ids).map((one) => [one.id, one]))
  const shown = ids.map((id): Named => { const one = known.get(id); return one ? personNamed(one) : { kind: 'person', id, name: '…', hint: '' } })
  return <NamePicker label={label} description={description} value={shown} onChange={(names) => onChange(names.map((one) => one.id))} search={colleagueSearch} />
}

function Departments({ ids, onChange }: NamesProps) {
  const t = useT()
  const known = new Map(useDepartments().map((one) => [one.id, one]))
  const shown = ids.map((id): Named => { const one = known.get(id); return one ? departmentNamed(one) : { kind: 'department', id, name: '…', hint: '' } })
  return <NamePicker label={t('pools.departments')} description={t('pools.departments_text')} value={shown} onChange={(names) => onChange(names.map((one) => one.id))} search={departmentSearch} />
}
