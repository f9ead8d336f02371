// Requests to join among the to-dos of who may decide.
import { useT } from '../i18n/i18n'
import { RelativeTime } from '../ui/RelativeTime'
import { TodoLink, TodoSection } from '../ui/TodoSection'
import classes from '../ui/TodoSection.module.css'
import { usePendingRequests } from './requests'

export function JoinTodos({ most = Number.POSITIVE_INFINITY }: { most?: number }) {
  const t = useT()
  const pending = usePendingRequests()
  if (pending.length === 0) return null
  return (
    <TodoSection name={t('joining.pending')} count={pending.length}>
      {pending.slice(0, most).map((request) => (
        <li key={request.id} className={classes.row} data-todo-join={request.id}>
          <TodoLink href="/admin/joining" title={t('joining.wants_in', { name: request.name })}>
            <span>{request.phone || request.email}</span>
            <RelativeTime at={request.asked_at} />
          </TodoLink>
        </li>
      ))}
    </TodoSection>
  )
}
