// Who wrote it, when, and who can see it.
import { IconUrgent } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import type { Post } from '../../api/types'
import { useT, withTexts } from '../../i18n/i18n'
import { useActedName } from '../../live/acted'
import { usePerson } from '../../live/directory'
import { useSignal } from '../../live/emitter'
import { showPerson } from '../../people/shown'
import { Avatar } from '../../ui/Avatar'
import { RelativeTime } from '../../ui/RelativeTime'
import { kindOf } from '../kinds/kinds'
import { wordOf } from '../kinds/words'
import { opened } from '../versions/opened'
import { AudienceSummary } from './AudienceSummary'
import classes from './PostHead.module.css'
import { PostMenu } from './PostMenu'

const PostVersions = lazy(withTexts(() => import('../versions/PostVersions')))

export function PostHead({ post, linked }: { post: Post; linked: boolean }) {
  const t = useT()
  const author = usePerson(post.author_id)
  const showsVersions = useSignal(opened) === post.id
  const name = author?.name ?? '…'
  const signed = useActedName(post.author_id, post.by_id)
  const KindIcon = kindOf(post.kind).icon
  const time = <RelativeTime at={post.created_at} />
  return (
    <header className={classes.head}>
      <button type="button" className={classes.mark} tabIndex={-1} aria-hidden onClick={() => showPerson(post.author_id)}>
        <Avatar id={post.author_id} name={name} size={40} />
      </button>
      <div className={classes.words}>
        <button
          type="button"
          id={`post-${post.id}-author`}
          className={classes.author}
          onClick={() => showPerson(post.author_id)}
        >
          {signed}
          {author?.state === 'left' && <span className={classes.left}> · {t('ui.has_left')}</span>}
        </button>
        <div className={classes.facts}>
          {post.urgent && (
            <span className={classes.urgent} data-urgent>
              <IconUrgent size={14} aria-hidden />
              {t('feed.urgent')}
            </span>
          )}
          {post.kind !== 'share' && (
            <span className={classes.sort}>
              <KindIcon size={14} aria-hidden />
              {wordOf(post.kind)}
            </span>
          )}
          {linked ? (
            <Link href={`/posts/${post.id}`} className={classes.time}>
              {time}
            </Link>
          ) : (
            <span className={classes.time}>{time}</span>
          )}
          {post.version > 1 && (
            <button type="button" className={classes.edited} onClick={() => opened.set(post.id)}>
              {t('feed.edited', { version: post.version })}
            </button>
          )}
          <AudienceSummary audience={post.audience} />
        </div>
      </div>
      <PostMenu post={post} />
      {showsVersions && (
        <Suspense>
          <PostVersions post={post} onClose={() => opened.set(null)} />
        </Suspense>
      )}
    </header>
  )
}
