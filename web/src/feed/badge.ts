// How many to-dos are open: the number on the navigation and in the title.
import { usePendingRequests } from '../joining/requests'
import { useOtherTodos } from '../notifications/todos'
import { useKindTodos } from './kinds/todos'
import { useOpenReceipts } from './receipts/mine'

export function useTodoCount(): number {
  return useOpenReceipts().length + usePendingRequests().length + useOtherTodos().length + useKindTodos().length
}
