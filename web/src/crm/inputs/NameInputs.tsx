// Fields that name something: a colleague, a department, another record; found by typing.
import { useMemo } from 'react'
import { api } from '../../api/client'
import type { Id } from '../../api/types'
import { departmentNamed, departmentSearch, personNamed, colleagueSearch } from '../../live/lookup'
import { useDepartment, usePerson } from '../../live/directory'
import { NamePicker } from '../../ui/NamePicker'
import type { Named, NameSearch } from '../../ui/names'
import type { Field, LinkValue, RecordList } from '../wire'

interface Props<T> {
  label: string
  description?: string | undefined
  value: T | null
  onChange: (value: T | null) => void
  error?: string | undefined
  autoFocus?: boolean
}

export function PersonInput({ label, description, value, onChange, error, autoFocus = false }: Props<number>) {
  const person = usePerson(value)
  const shown = value === null ? [] : [person ? personNamed(person) : waiting('person', value)]
  return <NamePicker label={label} {...(description && { description })} value={shown} onChange={(names) => onChange(names.at(-1)?.id ?? null)} search={colleagueSearch} error={error} single autoFocus={autoFocus} />
}

export function DepartmentInput({ label, value, onChange, error, autoFocus = false }: Props<number>) {
  const department = useDepartment(value)
  const shown = value === null ? [] : [department ? departmentNamed(department) : waiting('department', value)]
  return <NamePicker label={label} value={shown} onChange={(names) => onChange(names.at(-1)?.id ?? null)} search={departmentSearch} error={error} single autoFocus={autoFocus} />
}

interface LinkProps extends Props<LinkValue> {
  field: Pick<Field, 'link' | 'required'>
  /** Not offered: the record that it is about. */
  except?: Id
}

export function LinkInput({ field, label, value, onChange, error, autoFocus = false, except }: LinkProps) {
  const kind = field.link ?? ''
  const search = useMemo(() => recordSearch(kind, except), [kind, except])
  const shown = value === null ? [] : [{ ...waiting('record', value.id), name: value.title ?? `#${value.id}` }]
  const choose = (names: Named[]): void => {
    const one = names.at(-1)
    onChange(one ? { kind, id: one.id, title: one.name } : null)
  }
  return <NamePicker label={label} value={shown} onChange={choose} search={search} error={error} required={field.required} single autoFocus={autoFocus} />
}

function waiting(kind: Named['kind'], id: number): Named {
  return { kind, id, name: '…', hint: '' }
}

/** Records of a kind by title, spelling or number; the ones touched last while nothing is typed. */
export function recordSearch(kind: string, except?: Id): NameSearch {
  return async (q, signal) => {
    const { data } = await api.get<RecordList>(`/records/${kind}`, { query: { q, limit: 20 }, signal })
    return data.items.filter((row) => row.id !== except).map((row): Named => ({ kind: 'record', id: row.id, name: row.title, hint: row.number }))
  }
}
