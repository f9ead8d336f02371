// The only reducer: of every entity the newest number wins, dropped ones are remembered, older changes are ignored.
// It never grows with features; meaning is derived in selectors. Called by live/store.ts alone.
import type { Change, Kind } from '../api/types'

export interface Held {
  seq: number
  /** undefined: dropped at `seq`, and remembered so that an older put cannot bring it back. */
  data: unknown
}
export type Entries = Map<Kind, Map<number, Held>>

/** Applies one change with its log number; true when anything is different afterwards. Equal numbers apply: a put is whole. */
export function reduce(entries: Entries, seq: number, change: Change): boolean {
  let byId = entries.get(change.kind)
  if (!byId) {
    byId = new Map()
    entries.set(change.kind, byId)
  }
  const held = byId.get(change.id)
  if (held && held.seq > seq) return false
  const data = change.op === 'put' ? change.data : undefined
  if (held && held.data === undefined && data === undefined) {
    held.seq = seq
    return false
  }
  byId.set(change.id, { seq, data })
  return true
}
