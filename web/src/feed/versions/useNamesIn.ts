// The names of an audience, fetched where they are not known yet.
import type { Audience, Id } from '../../api/types'
import { useDepartments, usePeople } from '../../live/directory'

export function useNamesIn({ people }: Audience): (kind: 'department' | 'person', id: Id) => string {
  const known = new Map(usePeople(people).map((one) => [one.id, one.name]))
  const places = new Map(useDepartments().map((one) => [one.id, one.name]))
  return (kind, id) => (kind === 'person' ? known : places).get(id) ?? '…'
}
