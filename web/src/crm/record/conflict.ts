// Somebody changed the same field: what stands there now, and over which version one may write (W25). Pure.
import { asProblem } from '../../api/problem'
import type { Value } from '../wire'

export interface Conflict {
  now: Value
  version: number
}

/** Null: another refusal, or another field. */
export function conflictIn(error: unknown, name: string): Conflict | null {
  const refused = asProblem(error)
  const field = refused.field(`fields.${name}`)
  if (refused.code !== 'stale_version' || field?.code !== 'stale_version') return null
  // Values of every type travel here, not only texts.
  const params = field.params as { now?: Value } | undefined
  const { version } = refused.problem as { version?: number }
  return version === undefined ? null : { now: params?.now ?? null, version }
}
