// Requests to join among the to-dos of who may decide.
import { Link } from 'wouter'
import { badge } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { RelativeTime } from '../ui/RelativeTime'
import classes from './JoinTodos.module.css'
import { usePendingRequests } from './requests'

export function JoinTodos({ most = Number.POSITIVE_INFINITY }: { most?: number }) {
  const t = useT()
  const pending = usePendingRequests()
  if (pending.length === 0) return null
  return (
    <section className={classes.group} aria-label={t('joining.pending')}>
      <h2 className={classes.heading}>
        {t('joining.pending')}
        <span className={classes.count} data-count>
          {badge(pending.length)}
        </span>
      </h2>
      <ul className={classes.rows}>
        {pending.slice(0, most).map((request) => (
          <li key={request.id} data-todo-join={request.id}>
            <Link href="/admin/joining" className={classes.row}>
              <span className={classes.title}>{t('joining.wants_in', { name: request.name })}</span>
              <span className={classes.facts}>
                <span>{request.phone || request.email}</span>
                <RelativeTime at={request.asked_at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
