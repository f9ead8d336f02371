// What has to be asked of the server so that a pool holds the people and departments of a form. Pure.
import type { PoolView } from '../../api/generated'

export interface PoolForm {
  name: string
  mayChangeOwner: boolean
  admins: number[]
  members: number[]
  departments: number[]
}

/** `body` null: it goes. */
export interface PoolChange {
  path: string
  body: object | null
}

export function changesOf(now: PoolView, form: PoolForm): PoolChange[] {
  const roles = new Map((now.people ?? []).map((one) => [one.person, one.role]))
  const wanted = new Map([...form.members.map((id) => [id, 'member'] as const), ...form.admins.map((id) => [id, 'admin'] as const)])
  const departments = new Set(now.departments ?? [])
  return [
    ...[...roles.keys()].filter((id) => !wanted.has(id)).map((id) => ({ path: `people/${id}`, body: null })),
    ...[...wanted].filter(([id, role]) => roles.get(id) !== role).map(([id, role]) => ({ path: `people/${id}`, body: { role } })),
    ...[...departments].filter((id) => !form.departments.includes(id)).map((id) => ({ path: `departments/${id}`, body: null })),
    ...form.departments.filter((id) => !departments.has(id)).map((id) => ({ path: `departments/${id}`, body: {} })),
  ]
}
