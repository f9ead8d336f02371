// The to-dos of each kind of post under its name: what, who asked, by when, and what ends it.
import { Link } from 'wouter'
import type { Todo } from '../../api/types'
import { badge } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { useEntity } from '../../live/hooks'
import { plainLine } from '../../ui/plain'
import { RelativeTime } from '../../ui/RelativeTime'
import { DueTime } from '../receipts/DueTime'
import groups from '../todo/TodoGroup.module.css'
import classes from './KindTodos.module.css'
import type { PostKind } from './declared'
import { useKindTodos, withTodos } from './todos'
import { wordOf } from './words'

export function KindTodos({ most = Number.POSITIVE_INFINITY }: { most?: number }) {
  const t = useT()
  const todos = useKindTodos()
  return withTodos.map(({ kind, todo: { entity, Act, address } }) => {
    const open = todos.filter((todo) => `todo/${todo.category}` === entity)
    if (open.length === 0) return null
    return (
      <section key={kind} className={`${groups.group} ${classes.group}`} aria-label={wordOf(kind)}>
        <div className={groups.heading}>
          <h2 className={groups.name}>
            {wordOf(kind)}
            <span className={groups.count} data-count>
              {badge(open.length)}
            </span>
          </h2>
        </div>
        <ul className={groups.rows}>
          {open.slice(0, most).map((todo) => (
            <Row key={todo.ref.id} todo={todo} Act={Act} address={address?.(todo) ?? `/posts/${todo.source.id}`} />
          ))}
        </ul>
        {open.length > most && (
          <Link href="/todos" className={groups.more}>
            {t('feed.more_todos', { count: open.length - most })}
          </Link>
        )}
      </section>
    )
  })
}

function Row({ todo, Act, address }: { todo: Todo; Act: NonNullable<PostKind['todo']>['Act']; address: string }) {
  const t = useT()
  const post = useEntity('post', todo.source.kind === 'post' ? todo.source.id : null)
  const asker = usePerson(todo.asked_by)
  return (
    <li className={classes.row} data-todo={todo.source.id} data-category={todo.category}>
      <Link href={address} className={classes.what}>
        <span className={classes.title}>{(post && (post.title || plainLine(post.text))) || todo.title}</span>
        <span className={classes.facts}>
          <span>{t('feed.asked_by', { name: asker?.name ?? '…' })}</span>
          {todo.due_at ? <DueTime due={todo.due_at} waits /> : <RelativeTime at={todo.asked_at} />}
        </span>
      </Link>
      <Act post={todo.source.id} />
    </li>
  )
}
