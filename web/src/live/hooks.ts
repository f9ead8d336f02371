// React's eyes on the entity store. A selector names the kinds it reads, so that it runs only when one of them changed.
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { Entities, Id, Kind } from '../api/types'
import { type Store, store } from './store'

export function useEntity<K extends Kind>(kind: K, id: Id | null | undefined): Entities[K] | undefined {
  return useSyncExternalStore(
    useCallback((told) => (id == null ? () => {} : store.subscribeTo(kind, id, told)), [kind, id]),
    () => (id == null ? undefined : store.get(kind, id)),
  )
}

export function sameItems(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((item, i) => Object.is(item, b[i]))
}

export function sameFields(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  const left = Object.entries(a)
  return left.length === Object.keys(b).length && left.every(([k, v]) => Object.is(v, (b as Record<string, unknown>)[k]))
}

/**
 * The result of `select(store)`, computed again when one of `kinds` changed or `select` itself did (keep it stable
 * with useCallback, or define it outside). Results that are `same` (arrays by item, by default) keep their identity.
 */
export function useSelector<T>(
  kinds: readonly Kind[],
  select: (store: Store) => T,
  same: (a: T, b: T) => boolean = sameItems,
): T {
  const key = kinds.join()
  const memo = useRef<{ stamp: string; select: (store: Store) => T; result: T } | null>(null)
  // biome-ignore lint: the list of kinds is compared by its text
  const subscribe = useCallback((told: () => void) => store.subscribe(kinds, told), [key])
  return useSyncExternalStore(subscribe, () => {
    const stamp = kinds.map((kind) => store.version(kind)).join()
    const last = memo.current
    if (last && last.stamp === stamp && last.select === select) return last.result
    const next = select(store)
    const result = last && same(last.result, next) ? last.result : next
    memo.current = { stamp, select, result }
    return result
  })
}
