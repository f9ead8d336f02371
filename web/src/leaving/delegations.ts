// The delegations given by me and to me: selectors over the entity store, which the bootstrap and events fill.
import { useCallback } from 'react'
import type { Delegation, Id } from '../api/types'
import { useToday } from '../live/away'
import { useMyId } from '../live/bootstrap'
import { useSelector } from '../live/hooks'
import type { Store } from '../live/store'

export const KINDS = ['post', 'todos', 'receipts'] as const
export type Kind = (typeof KINDS)[number]

/** Not ended, and its last day not past: some begin later. */
function isKept(one: Delegation, today: string): boolean {
  return !one.is_ended && (one.to_day === null || one.to_day >= today)
}

export function useGiven(): Delegation[] {
  const me = useMyId()
  const today = useToday()
  return useSelector(
    ['delegation'],
    useCallback(
      (store: Store) => store.all('delegation').filter((one) => one.principal_id === me && isKept(one, today)),
      [me, today],
    ),
  )
}

export function useHeld(): Delegation[] {
  const me = useMyId()
  const today = useToday()
  return useSelector(
    ['delegation'],
    useCallback(
      (store: Store) => store.all('delegation').filter((one) => one.deputy_id === me && isKept(one, today)),
      [me, today],
    ),
  )
}

/** What I may do for this person today; empty when nothing. */
export function useKindsFor(principal: Id): Kind[] {
  const today = useToday()
  const mine = useHeld().filter((one) => one.principal_id === principal && one.from_day <= today)
  return KINDS.filter((kind) => mine.some((one) => one.kinds.includes(kind)))
}
