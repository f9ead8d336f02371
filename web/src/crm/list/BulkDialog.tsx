// One act on the selected records: what it needs to know, then what became of each that was refused.
import { Button, Group, NativeSelect, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { api } from '../../api/client'
import { newId } from '../../api/ids'
import { asProblem } from '../../api/problem'
import { useT } from '../../i18n/i18n'
import { colleagueSearch } from '../../live/lookup'
import { Dialog } from '../../ui/Dialog'
import { NamePicker } from '../../ui/NamePicker'
import type { Named } from '../../ui/names'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { FieldInput } from '../inputs/FieldInput'
import { useWords } from '../kinds'
import { isEmpty, oneLine, sent } from '../values'
import { type RecordKind, ROLES, type Value } from '../wire'
import { type BulkAct, type BulkDone, refusedText, settable, type Which } from './bulk'
import classes from './Selecting.module.css'

interface Props {
  kind: RecordKind
  act: BulkAct
  count: number
  which: Which
  onDone: () => void
  onClose: () => void
}

const KEEPS = ['none', 'read', 'write'] as const
const ACCESSES = ['read', 'write'] as const
const MOST_REASON = 200
const PATIENCE = 120_000
const TITLES = { owner: 'lists.give', set: 'lists.set', team: 'lists.join', void: 'lists.void', star: 'lists.star', unstar: 'lists.unstar' } as const

export default function BulkDialog({ kind, act, count, which, onDone, onClose }: Props) {
  const t = useT()
  const words = useWords()
  const running = useAct()
  const fields = settable(kind)
  const [people, setPeople] = useState<Named[]>([])
  const [reason, setReason] = useState('')
  const [keep, setKeep] = useState<(typeof KEEPS)[number]>('none')
  const [role, setRole] = useState<(typeof ROLES)[number]>(ROLES[0])
  const [access, setAccess] = useState<(typeof ACCESSES)[number]>('read')
  const [field, setField] = useState(fields[0])
  const [value, setValue] = useState<Value>(null)
  const [outcome, setOutcome] = useState<BulkDone | null>(null)
  const key = useRef(newId())
  const [person] = people
  const body = (isEmptied: boolean): Record<string, unknown> => {
    const how = { act, ...which }
    if (act === 'owner') return { ...how, owner: person?.id, keep, reason: oneLine(reason) }
    if (act === 'team') return { ...how, person: person?.id, role, access }
    if (act === 'set') return { ...how, field: field?.name, value: isEmptied ? null : field?.type === 'flag' ? value === true : sent(value) }
    return act === 'void' ? { ...how, reason: oneLine(reason) } : how
  }
  const run = async (isEmptied = false): Promise<void> => {
    await running.run(async () => {
      try {
        const { data } = await api.post<BulkDone>(`/records/${kind.kind}/bulk`, body(isEmptied), { key: key.current, timeout: PATIENCE })
        if (data.done > 0) toast(t('lists.done', { count: data.done }), { tone: 'good' })
        if (data.refused.length > 0) setOutcome(data)
        else onDone()
      } catch (error) {
        // What was refused is tried anew; what broke off goes on where it was.
        if (!asProblem(error).isPassing) key.current = newId()
        throw error
      }
    })
  }
  if (outcome) {
    return (
      <Dialog title={t('lists.act_failed', { count: outcome.refused.length })} onClose={onDone} tall>
        <ul className={classes.refused}>
          {outcome.refused.map((one) => (
            <li key={one.id} data-refused={one.code}>
              <span>{one.title || t('lists.untitled')}</span>
              <span className={classes.why}>{refusedText(one)}</span>
            </li>
          ))}
        </ul>
      </Dialog>
    )
  }
  const isNothing = field?.type !== 'flag' && isEmpty(value)
  const needsPerson = act === 'owner' || act === 'team'
  return (
    <Dialog title={`${t(TITLES[act])} · ${t('lists.selected', { count })}`} onClose={onClose} tall={needsPerson}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        {needsPerson && (
          <NamePicker
            label={t(act === 'owner' ? 'crm.new_owner' : 'crm.team_who')}
            value={people}
            onChange={setPeople}
            search={colleagueSearch}
            error={running.of(act === 'owner' ? 'owner' : 'person')}
            single
            autoFocus
          />
        )}
        {act === 'owner' && (
          <NativeSelect
            size="md"
            label={t('crm.former_owner')}
            value={keep}
            onChange={(event) => setKeep(event.currentTarget.value as typeof keep)}
            data={KEEPS.map((one) => ({ value: one, label: t(`crm.keep_${one}`) }))}
          />
        )}
        {act === 'team' && (
          <>
            <NativeSelect
              size="md"
              label={t('crm.team_role')}
              value={role}
              onChange={(event) => setRole(event.currentTarget.value as typeof role)}
              data={ROLES.map((one) => ({ value: one, label: t(`crm.role_${one}`) }))}
            />
            <NativeSelect
              size="md"
              label={t('crm.team_access')}
              value={access}
              onChange={(event) => setAccess(event.currentTarget.value as typeof access)}
              data={ACCESSES.map((one) => ({ value: one, label: t(`crm.access_${one}`) }))}
            />
          </>
        )}
        {act === 'set' && (
          <NativeSelect
            size="md"
            label={t('lists.field')}
            value={field?.name ?? ''}
            onChange={(event) => {
              setField(fields.find((one) => one.name === event.currentTarget.value))
              setValue(null)
            }}
            data={fields.map((one) => ({ value: one.name, label: words(one.words) }))}
          />
        )}
        {act === 'set' && field && <FieldInput key={field.name} field={{ ...field, required: false }} value={value} onChange={setValue} error={running.of('value')} />}
        {act === 'void' && <p className={classes.hint}>{t('lists.void_text', { count })}</p>}
        {(act === 'owner' || act === 'void') && (
          <Textarea label={t('crm.reason')} autosize minRows={2} maxRows={6} maxLength={MOST_REASON} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={running.of('reason')} />
        )}
        <ProblemText error={running.rest(['owner', 'person', 'value', 'reason'])} />
        <Group justify="flex-end" gap="xs">
          {act === 'set' && field && field.type !== 'flag' && !field.required && (
            <Button variant="subtle" mr="auto" onClick={() => void run(true)}>
              {t('lists.set_empty')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={running.busy} disabled={(needsPerson && !person) || (act === 'set' && isNothing)} {...(act === 'void' && { color: 'red.9' })}>
            {t(TITLES[act])}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
