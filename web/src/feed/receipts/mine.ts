// What is asked of me: derived from receipts and asks, never stored (docs/wire.md, «Derived by the client»).
// Used by the badge, the to-dos, the cards and the reminders.
import { useCallback, useEffect, useMemo } from 'react'
import type { Id, Person, Receipt, ReceiptAsk } from '../../api/types'
import { useMe } from '../../live/bootstrap'
import { wantDepartments, withAncestors } from '../../live/directory'
import { useEntity, useSelector } from '../../live/hooks'
import type { Store } from '../../live/store'

/** Whoever reads: the departments are their own and all those above. */
export interface Reader {
  id: Id
  kind: Person['kind']
  departments: ReadonlySet<Id>
}

function names(ask: ReceiptAsk, reader: Reader): boolean {
  if (ask.asked_by === reader.id) return false
  if (ask.everyone && reader.kind === 'employee') return true
  return ask.people.includes(reader.id) || ask.departments.some((id) => reader.departments.has(id))
}

// The same ask gives the same receipt, so that lists of them compare equal.
const derived = new WeakMap<ReceiptAsk, Receipt>()
function fromAsk(ask: ReceiptAsk): Receipt {
  let receipt = derived.get(ask)
  if (!receipt) {
    const { post_id, version, asked_by, asked_at, due_at } = ask
    receipt = { post_id, version, state: 'open', asked_by, asked_at, due_at, done_at: null, by_id: null, confirmed: 0, answer: null }
    derived.set(ask, receipt)
  }
  return receipt
}

/** My receipt of a post: what the server said explicitly, unless a newer ask names me. */
export function receiptOf(store: Store, post: Id, reader: Reader): Receipt | undefined {
  const told = store.seqOf('receipt', post)
  if (told > 0 && told >= store.seqOf('receipt_ask', post)) return asDue(store, store.get('receipt', post))
  const ask = store.get('receipt_ask', post)
  return ask && names(ask, reader) ? asDue(store, fromAsk(ask)) : undefined
}

// A due time that was moved travels with the post, once for all who are asked.
const moved = new WeakMap<Receipt, Receipt>()
function asDue(store: Store, receipt: Receipt | undefined): Receipt | undefined {
  const asked = receipt && store.get('post', receipt.post_id)?.receipts
  if (!receipt || !asked || asked.version !== receipt.version || asked.due_at === receipt.due_at) return receipt
  const known = moved.get(receipt)
  if (known?.due_at === asked.due_at) return known
  const now = { ...receipt, due_at: asked.due_at }
  moved.set(receipt, now)
  return now
}

export function openReceipts(store: Store, reader: Reader): Receipt[] {
  const posts = new Set([...store.all('receipt'), ...store.all('receipt_ask')].map((known) => known.post_id))
  return [...posts]
    .map((post) => receiptOf(store, post, reader))
    .filter((receipt) => receipt !== undefined)
    .filter((receipt) => receipt.state === 'open')
}

export function readerOf(store: Store, person: Person): Reader {
  const departments = new Set(person.department_ids.flatMap((id) => withAncestors(id, store)))
  return { id: person.id, kind: person.kind, departments }
}

export function useReader(): Reader {
  const { person } = useMe()
  const mine = useEntity('person', person.id) ?? person
  useEffect(wantDepartments, [])
  const line = useSelector(
    ['department'],
    useCallback((store: Store) => mine.department_ids.flatMap((id) => withAncestors(id, store)), [mine]),
  )
  return useMemo(() => ({ id: mine.id, kind: mine.kind, departments: new Set(line) }), [mine.id, mine.kind, line])
}

export function useMyReceipt(post: Id): Receipt | undefined {
  const reader = useReader()
  const select = useCallback((store: Store) => receiptOf(store, post, reader), [post, reader])
  return useSelector(['receipt', 'receipt_ask', 'post'], select, Object.is)
}

export function useOpenReceipts(): Receipt[] {
  const reader = useReader()
  const select = useCallback((store: Store) => openReceipts(store, reader), [reader])
  return useSelector(['receipt', 'receipt_ask', 'post'], select)
}
