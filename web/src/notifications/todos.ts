// To-dos that travel as entities of their own and belong to no kind of post, the newest first.
import type { Kind, Todo } from '../api/types'
import { useSelector } from '../live/hooks'
import type { Store } from '../live/store'

export const todoKinds = ['todo/access', 'todo/missing_receipt', 'todo/reminder'] as const satisfies readonly Kind[]

function open(store: Store): Todo[] {
  return todoKinds
    .flatMap((kind) => store.all(kind))
    .sort((a, b) => Date.parse(b.asked_at) - Date.parse(a.asked_at))
}

export function useOtherTodos(): Todo[] {
  return useSelector(todoKinds, open)
}
