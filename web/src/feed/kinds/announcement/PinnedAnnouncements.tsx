// What stands above the timeline: pinned announcements that have not expired, one line each, and the way to all of them.
import { IconChevronRight, IconPin } from '@tabler/icons-react'
import { useCallback } from 'react'
import { Link } from 'wouter'
import { useT } from '../../../i18n/i18n'
import { usePerson } from '../../../live/directory'
import { useEntity, useSelector } from '../../../live/hooks'
import type { Store } from '../../../live/store'
import type { Id } from '../../../api/types'
import { useNow } from '../../../ui/now'
import { RelativeTime } from '../../../ui/RelativeTime'
import classes from './PinnedAnnouncements.module.css'
import { isPinned } from './standing'

const MOST = 3

export function PinnedAnnouncements() {
  const t = useT()
  const now = useNow()
  const select = useCallback(
    (store: Store) =>
      store
        .posts()
        .filter((post) => isPinned(post, now) && !store.get('hidden', post.id))
        .map((post) => post.id),
    [now],
  )
  const ids = useSelector(['post', 'hidden'], select)
  if (ids.length === 0) return null
  return (
    <section className={classes.pinned} aria-label={t('kinds.announcements')}>
      <ul className={classes.rows}>
        {ids.slice(0, MOST).map((id) => (
          <Row key={id} id={id} />
        ))}
      </ul>
      <Link href="/announcements" className={classes.all}>
        {t('kinds.all_announcements')}
        <IconChevronRight size={16} aria-hidden />
      </Link>
    </section>
  )
}

function Row({ id }: { id: Id }) {
  const post = useEntity('post', id)
  const author = usePerson(post?.author_id ?? null)
  if (!post) return null
  return (
    <li>
      <Link href={`/posts/${id}`} className={classes.row} data-pinned={id}>
        <IconPin size={18} aria-hidden />
        <span className={classes.words}>
          <span className={classes.title}>{post.title}</span>
          <span className={classes.facts}>
            {author?.name} · <RelativeTime at={post.created_at} />
          </span>
        </span>
      </Link>
    </li>
  )
}
