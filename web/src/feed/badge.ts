// How many to-dos are open: the number on the navigation. (feed/ replaces this by the derived receipts.)
import { useSelector } from '../live/hooks'
import type { Store } from '../live/store'

const openReceipts = (store: Store): number => store.all('receipt').filter((r) => r.state === 'open').length

export function useTodoCount(): number {
  return useSelector(['receipt', 'receipt_ask'], openReceipts)
}
