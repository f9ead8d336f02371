// What the form about a person holds, and which of it is to be sent. Pure.
import type { Id, Person } from '../api/types'
import type { Named } from '../ui/names'

export interface PersonForm {
  name: string
  title: string
  staff_number: string
  phone: string
  email: string
  department_ids: Id[]
  manager_id: Id | null
  /** The chosen manager for showing; not sent. */
  manager: Named | null
  kind: Person['kind']
}

export function formOf(person: Person): PersonForm {
  const { name, title, staff_number, phone, email, department_ids, manager_id, kind } = person
  return { name, title, staff_number, phone, email, department_ids: [...department_ids], manager_id, manager: null, kind }
}

/** Only what is different: other fields are left to whoever changes them at the same time. */
export function changesOf(before: PersonForm, after: PersonForm): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const field of ['name', 'title', 'staff_number', 'phone', 'email', 'manager_id', 'kind'] as const) {
    if (before[field] !== after[field]) changes[field] = after[field]
  }
  if (before.department_ids.join() !== after.department_ids.join()) changes.department_ids = after.department_ids
  return changes
}
