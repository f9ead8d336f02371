// The to-dos of each kind of post under its name: what, who asked, by when, and what ends it.
import { Link } from 'wouter'
import type { Todo } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { useEntity } from '../../live/hooks'
import { plainLine } from '../../ui/plain'
import { RelativeTime } from '../../ui/RelativeTime'
import { TodoLink, TodoSection } from '../../ui/TodoSection'
import classes from '../../ui/TodoSection.module.css'
import { DueTime } from '../receipts/DueTime'
import type { PostKind } from './declared'
import { useKindTodos, withTodos } from './todos'
import { wordOf } from './words'

export function KindTodos({ most = Number.POSITIVE_INFINITY }: { most?: number }) {
  const t = useT()
  const todos = useKindTodos()
  return withTodos.map(({ kind, todo: { entity, Act, address } }) => {
    const open = todos.filter((todo) => `todo/${todo.category}` === entity)
    if (open.length === 0) return null
    const below = open.length > most && (
      <Link href="/todos" className={classes.more}>
        {t('feed.more_todos', { count: open.length - most })}
      </Link>
    )
    return (
      <TodoSection key={kind} name={wordOf(kind)} count={open.length} below={below}>
        {open.slice(0, most).map((todo) => (
          <Row key={todo.ref.id} todo={todo} Act={Act} address={address?.(todo) ?? `/posts/${todo.source.id}`} />
        ))}
      </TodoSection>
    )
  })
}

function Row({ todo, Act, address }: { todo: Todo; Act: NonNullable<PostKind['todo']>['Act']; address: string }) {
  const t = useT()
  const post = useEntity('post', todo.source.kind === 'post' ? todo.source.id : null)
  const asker = usePerson(todo.asked_by)
  return (
    <li className={classes.row} data-todo={todo.source.id} data-category={todo.category}>
      <TodoLink href={address} title={(post && (post.title || plainLine(post.text))) || todo.title}>
        <span>{t('feed.asked_by', { name: asker?.name ?? '…' })}</span>
        {todo.due_at ? <DueTime due={todo.due_at} waits /> : <RelativeTime at={todo.asked_at} />}
      </TodoLink>
      <Act post={todo.source.id} />
    </li>
  )
}
