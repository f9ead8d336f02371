// Whether my roles let me enter an absence for this person: everybody, those below me, or those of my departments.
import type { Person } from '../api/types'
import { useMe } from '../live/bootstrap'
import { withAncestors } from '../live/directory'
import { store } from '../live/store'

export function useMayEnterFor(person: Person): boolean {
  const { person: mine, capabilities } = useMe()
  if (person.state === 'left') return false
  if (person.id === mine.id) return true
  const scopes = capabilities['absences.edit'] ?? []
  if (scopes.includes('all')) return true
  if (scopes.includes('below') && isBelow(person, mine.id)) return true
  const above = person.department_ids.flatMap((id) => withAncestors(id))
  return scopes.includes('department_below') && mine.department_ids.some((id) => above.includes(id))
}

/** As far up as this client knows the line; the server knows it whole. */
function isBelow(person: Person, boss: number): boolean {
  const met = new Set<number>()
  let at: Person | undefined = person
  while (at && at.manager_id !== null && !met.has(at.id)) {
    if (at.manager_id === boss) return true
    met.add(at.id)
    at = store.get('person', at.manager_id)
  }
  return false
}
