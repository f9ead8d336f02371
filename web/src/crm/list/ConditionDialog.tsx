// What one field has to be: the way, then what fits the way and the type.
import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import chips from '../../feed/share/Field.module.css'
import { relativeDay } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { usePeople, useDepartments } from '../../live/directory'
import { colleagueSearch, departmentNamed, departmentSearch, personNamed } from '../../live/lookup'
import { Dialog } from '../../ui/Dialog'
import { NamePicker } from '../../ui/NamePicker'
import type { Named } from '../../ui/names'
import { ChoiceInput } from '../inputs/ChoiceInput'
import { recordSearch } from '../inputs/NameInputs'
import { useWords } from '../kinds'
import { usePools } from '../pools/usePools'
import { rowNow } from '../rows'
import { decimalOf } from '../values'
import type { Condition, Field } from '../wire'
import { type ConditionForm, conditionsOf, formOf, waysOf } from './conditions'
import classes from './List.module.css'
import { operatorText } from './words'

interface Props {
  field: Field
  conditions: readonly Condition[]
  onSet: (conditions: Condition[]) => void
  onClose: () => void
}

export function ConditionDialog({ field, conditions, onSet, onClose }: Props) {
  const t = useT()
  const name = useWords()(field.words)
  const [form, setForm] = useState(() => formOf(field, conditions))
  const ways = waysOf(field)
  const ready = conditionsOf(field, form)
  return (
    <Dialog title={name} onClose={onClose}>
      <form
        className={classes.ways}
        onSubmit={(event) => {
          event.preventDefault()
          onSet(conditionsOf(field, trimmed(field, form)))
        }}
      >
        {ways.length > 1 && (
          <NativeSelect
            size="md"
            aria-label={t('crm.way')}
            value={form.operator}
            onChange={(event) => setForm({ ...form, operator: event.currentTarget.value as ConditionForm['operator'] })}
            data={ways.map((one) => ({ value: one, label: one === 'between' ? t('crm.op_between') : operatorText(one) }))}
          />
        )}
        <What field={field} name={name} form={form} onChange={setForm} />
        <Group justify="flex-end" gap="xs">
          {conditions.length > 0 && (
            <Button type="button" variant="default" onClick={() => onSet([])}>
              {t('crm.let_go')}
            </Button>
          )}
          <Button type="submit" disabled={ready.length === 0 && conditions.length === 0}>
            {t('crm.apply')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}

/** Numbers as the server takes them. */
function trimmed(field: Field, form: ConditionForm): ConditionForm {
  const isNumber = ['money', 'number', 'percent'].includes(field.type)
  const tidy = (text: string): string => (isNumber && text ? decimalOf(text) : text.trim())
  const value = typeof form.value === 'string' ? tidy(form.value) : form.value
  return { ...form, value, least: tidy(form.least), most: tidy(form.most) }
}

interface WhatProps {
  field: Field
  name: string
  form: ConditionForm
  onChange: (form: ConditionForm) => void
}

function What({ field, name, form, onChange }: WhatProps) {
  const t = useT()
  const set = (value: unknown): void => onChange({ ...form, value })
  const list = Array.isArray(form.value) ? (form.value as (string | number)[]) : []
  if (form.operator === 'empty' || form.operator === 'filled') return null
  if (form.operator === 'between') {
    return field.type === 'date' || field.type === 'time' ? <Days form={form} onChange={onChange} /> : <Numbers form={form} onChange={onChange} />
  }
  switch (field.type) {
    case 'choice':
    case 'choices':
      return <ChoiceInput field={field} value={list.map(String)} onChange={set} unlabelled />
    case 'flag':
      return <YesNo value={form.value} onChange={set} />
    case 'person':
      return <People name={name} value={list} onChange={set} />
    case 'department':
      return <Departments name={name} value={list.filter((one) => typeof one === 'number')} onChange={set} />
    case 'pool':
      return <Pools field={field} value={list.map(String)} onChange={set} />
    case 'link':
      return <Records field={field} name={name} value={list.filter((one) => typeof one === 'number')} onChange={set} />
    default:
      return (
        <TextInput
          aria-label={name}
          data-autofocus
          value={typeof form.value === 'string' ? form.value : ''}
          placeholder={t('crm.any_text')}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
  }
}

type EndsProps = Pick<WhatProps, 'form' | 'onChange'>

function Numbers({ form, onChange }: EndsProps) {
  const t = useT()
  return (
    <div className={classes.ends}>
      <TextInput label={t('crm.least')} inputMode="decimal" data-autofocus value={form.least} onChange={(event) => onChange({ ...form, least: event.currentTarget.value })} />
      <TextInput label={t('crm.most')} inputMode="decimal" value={form.most} onChange={(event) => onChange({ ...form, most: event.currentTarget.value })} />
    </div>
  )
}

/** Moving with the days: the last week, and what is about to come. */
const SPANS: readonly (readonly [from: number | null, to: number | null])[] = [[0, 0], [-7, 0], [-30, 0], [null, -30], [0, 7], [0, 30]]

function Days({ form, onChange }: EndsProps) {
  const t = useT()
  const of = (days: number | null): string => (days === null ? '' : `days:${days}`)
  const shown = (text: string): string => (text.startsWith('days:') ? '' : text.slice(0, 10))
  return (
    <>
      <div className={chips.chips} role="group" aria-label={t('crm.spans')}>
        {SPANS.map(([from, to]) => (
          <button
            key={`${from}/${to}`}
            type="button"
            className={chips.choice}
            aria-pressed={form.least === of(from) && form.most === of(to)}
            onClick={() => onChange({ ...form, least: of(from), most: of(to) })}
          >
            {from === 0 && to === 0 ? relativeDay(0) : from === null ? t('crm.longer_ago', { count: -(to ?? 0) }) : from < 0 ? t('crm.last_days', { count: -from }) : t('crm.next_days', { count: to ?? 0 })}
          </button>
        ))}
      </div>
      <div className={classes.ends}>
        <TextInput type="date" label={t('crm.least')} value={shown(form.least)} onChange={(event) => onChange({ ...form, least: event.currentTarget.value })} />
        <TextInput type="date" label={t('crm.most')} value={shown(form.most)} onChange={(event) => onChange({ ...form, most: event.currentTarget.value })} />
      </div>
    </>
  )
}

function YesNo({ value, onChange }: { value: unknown; onChange: (value: boolean) => void }) {
  const t = useT()
  return (
    <div className={chips.chips}>
      {[true, false].map((one) => (
        <button key={String(one)} type="button" className={chips.choice} aria-pressed={value === one} onClick={() => onChange(one)}>
          {t(one ? 'crm.yes' : 'crm.no')}
        </button>
      ))}
    </div>
  )
}

interface IdsProps<T> {
  name: string
  value: T[]
  onChange: (value: T[]) => void
}

function People({ name, value, onChange }: IdsProps<string | number>) {
  const t = useT()
  const ids = value.filter((one) => typeof one === 'number')
  const people = usePeople(ids)
  const isMe = value.includes('me')
  return (
    <>
      <Checkbox
        className={classes.check}
        label={t('crm.me')}
        checked={isMe}
        onChange={(event) => onChange([...(event.currentTarget.checked ? ['me'] : []), ...ids])}
      />
      <NamePicker
        label={name}
        value={people.map(personNamed)}
        onChange={(names) => onChange([...(isMe ? ['me'] : []), ...names.map((one) => one.id)])}
        search={colleagueSearch}
      />
    </>
  )
}

function Pools({ field, value, onChange }: { field: Field; value: readonly string[]; onChange: (ids: number[]) => void }) {
  const choices = (usePools().data ?? []).map((one) => ({ code: String(one.id), words: { 'zh-Hans': one.name, en: one.name } }))
  return <ChoiceInput field={{ ...field, choices }} value={value} onChange={(codes) => onChange(codes.map(Number))} unlabelled />
}

function Departments({ name, value, onChange }: IdsProps<number>) {
  const all = useDepartments()
  return (
    <NamePicker
      label={name}
      value={all.filter((one) => value.includes(one.id)).map(departmentNamed)}
      onChange={(names) => onChange(names.map((one) => one.id))}
      search={departmentSearch}
    />
  )
}

function Records({ field, name, value, onChange }: IdsProps<number> & { field: Field }) {
  const [search] = useState(() => recordSearch(field.link ?? ''))
  const [known, setKnown] = useState<Named[]>([])
  const named = (id: number): Named => known.find((one) => one.id === id) ?? { kind: 'record', id, name: rowNow(field.link ?? '', id)?.title ?? `#${id}`, hint: '' }
  return (
    <NamePicker
      label={name}
      value={value.map(named)}
      onChange={(names) => {
        setKnown(names)
        onChange(names.map((one) => one.id))
      }}
      search={search}
    />
  )
}
