// A card as it stands now for me; undefined while it is being fetched.
import { useCallback, useSyncExternalStore } from 'react'
import type { Id } from '../api/types'
import { cardOf, type Known, showCard } from './known'

export function useCard(kind: string, id: Id): Known {
  return useSyncExternalStore(
    useCallback((told) => showCard({ kind, id }, told), [kind, id]),
    () => cardOf({ kind, id }),
  )
}
