// The order of to-dos, and lists that stay as they are while somebody reads and presses in them. Pure.
import type { Id, Receipt } from '../../api/types'

export function isOverdue(due: string | null, now: Date): boolean {
  return due !== null && new Date(due) < now
}

/** Overdue and soonest due first, then without a due time the newest asked. */
export function inOrder(receipts: readonly Receipt[]): Receipt[] {
  const due = (r: Receipt): number => (r.due_at === null ? Number.POSITIVE_INFINITY : Date.parse(r.due_at))
  return [...receipts].sort((a, b) => {
    const left = due(a)
    const right = due(b)
    return left === right ? Date.parse(b.asked_at) - Date.parse(a.asked_at) || b.post_id - a.post_id : left - right
  })
}

export interface Kept {
  /** Posts in the order they stand on the screen; done ones stay until the page is left. */
  shown: readonly Id[]
  /** Came since and waits behind «2 new», so that nothing moves under a thumb. */
  fresh: readonly Id[]
}

/** Which rows to show, given those that stand there already (null: none yet). */
export function keepPlace(shown: readonly Id[] | null, open: readonly Receipt[]): Kept {
  const ordered = inOrder(open).map((receipt) => receipt.post_id)
  if (shown === null || shown.length === 0) return { shown: ordered, fresh: [] }
  return { shown, fresh: ordered.filter((id) => !shown.includes(id)) }
}

/** After «2 new» was pressed: everything open, in order. What is done goes. */
export function withFresh(open: readonly Receipt[]): Id[] {
  return inOrder(open).map((receipt) => receipt.post_id)
}
