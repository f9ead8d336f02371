// To-dos that the kinds of posts make, in their order: overdue and soonest due first, then the newest asked.
import type { Todo } from '../../api/types'
import { useSelector } from '../../live/hooks'
import type { Store } from '../../live/store'
import { kinds } from './kinds'

export const withTodos = kinds.flatMap((one) => (one.todo ? [{ ...one, todo: one.todo }] : []))
const entities = withTodos.map((one) => one.todo.entity)

function open(store: Store): Todo[] {
  const due = (todo: Todo): number => (todo.due_at === null ? Number.POSITIVE_INFINITY : Date.parse(todo.due_at))
  return entities
    .flatMap((entity) => store.all(entity))
    .sort((a, b) => (due(a) === due(b) ? Date.parse(b.asked_at) - Date.parse(a.asked_at) : due(a) - due(b)))
}

export function useKindTodos(): Todo[] {
  return useSelector(entities, open)
}
