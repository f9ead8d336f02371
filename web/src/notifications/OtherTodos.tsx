// To-dos that are no receipts, under the names of their categories: what, who asked, and the act that ends them.
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { api } from '../api/client'
import type { Todo } from '../api/types'
import { useT, withTexts } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { plainLine } from '../ui/plain'
import { problemText } from '../ui/ProblemText'
import { RelativeTime } from '../ui/RelativeTime'
import { TodoLink, TodoSection } from '../ui/TodoSection'
import classes from '../ui/TodoSection.module.css'
import { toast } from '../ui/toasts'
import { placeOf } from './places'
import { useOtherTodos } from './todos'

const AccessTodo = lazy(withTexts(() => import('../access/AccessTodo')))
const categories = ['access', 'missing_receipt', 'reminder'] as const

export function OtherTodos({ most = Number.POSITIVE_INFINITY }: { most?: number }) {
  const t = useT()
  const all = useOtherTodos()
  return categories.map((category) => {
    const todos = all.filter((todo) => todo.category === category)
    if (todos.length === 0) return null
    return (
      <TodoSection key={category} name={t(`notices.todo_${category}`)} count={todos.length}>
        {todos.slice(0, most).map((todo) =>
          category === 'access' ? (
            <li key={todo.ref.id}>
              <Suspense fallback={null}>
                <AccessTodo todo={todo} />
              </Suspense>
            </li>
          ) : (
            <Row key={todo.ref.id} todo={todo} />
          ),
        )}
      </TodoSection>
    )
  })
}

function Row({ todo }: { todo: Todo }) {
  const t = useT()
  const me = useMyId()
  const asker = usePerson(todo.asked_by)
  const isMissing = todo.category === 'missing_receipt'
  const end = useMutation({
    mutationFn: () =>
      isMissing ? api.delete(`/posts/${todo.ref.id}/receipts/ladder/mine`) : api.put(`/reminders/${todo.ref.id}/done`, {}),
    onError: (error) => toast(problemText(error), { tone: 'bad' }),
  })
  const name = asker?.name ?? '…'
  const words = isMissing
    ? t(todo.reason === 'deputy' ? 'notices.missing_for_deputy' : 'notices.missing_for_manager', { name })
    : null
  const whose = todo.asked_by === me ? t('notices.own_reminder') : t('notices.reminded_by', { name })
  return (
    <li className={classes.row} data-todo={todo.ref.id} data-category={todo.category}>
      <TodoLink href={placeOf(todo.source)} title={plainLine(todo.title) || t('notices.no_title')}>
        <span>{words ?? whose}</span>
        <RelativeTime at={todo.asked_at} />
      </TodoLink>
      <Button variant="light" loading={end.isPending || end.isSuccess} onClick={() => end.mutate()}>
        {t(isMissing ? 'notices.seen_to' : 'notices.done')}
      </Button>
    </li>
  )
}
