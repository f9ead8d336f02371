// Whom an audience reaches, as far as the client knows: for warnings before publishing and for pickers within it. Pure.
import type { Audience, Id, Person } from '../../api/types'
import { withAncestors } from '../../live/directory'
import type { Store } from '../../live/store'

export function reachesDepartment(audience: Audience, id: Id, store: Store): boolean {
  return audience.everyone || withAncestors(id, store).some((one) => audience.departments.includes(one))
}

/** Undefined: not known here (yet). */
export function reachesPerson(audience: Audience, id: Id, store: Store): boolean | undefined {
  if (audience.people.includes(id)) return true
  const person: Person | undefined = store.get('person', id)
  if (!person) return undefined
  if (audience.everyone) return person.kind === 'employee'
  return person.department_ids.some((one) => reachesDepartment(audience, one, store))
}

export function reaches(audience: Audience, named: { kind: string; id: number }, store: Store): boolean | undefined {
  if (named.kind === 'everyone') return audience.everyone
  return named.kind === 'department' ? reachesDepartment(audience, named.id, store) : reachesPerson(audience, named.id, store)
}
