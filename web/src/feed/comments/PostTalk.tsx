// The lower edge of a post: like, comment; in a list also the newest comments and the way to all of them.
import { IconMessageCircle } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Post } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useCan } from '../../live/bootstrap'
import { useWatch } from '../../live/watch'
import { useHasKeyboard } from '../../ui/useHasKeyboard'
import { CommentRow } from './CommentRow'
import { LATEST, useCommentCount, useComments } from './known'
import { LikeButton } from './LikeButton'
import { PendingComment, useCommentActs } from './PendingComment'
import classes from './PostTalk.module.css'
import { writeHere } from './writeHere'

const CommentComposer = lazy(() => import('./CommentComposer').then((m) => ({ default: m.CommentComposer })))

export function PostTalk({ post, whole }: { post: Post; whole: boolean }) {
  const t = useT()
  const [, go] = useLocation()
  const may = useCan('post.comment')
  const hasKeyboard = useHasKeyboard()
  const { count } = useCommentCount(post.id)
  const [writing, setWriting] = useState(false)
  useWatch('post', post.id)
  const write = (): void => {
    if (whole) writeHere(post.id)
    else if (hasKeyboard) setWriting(!writing)
    else go(`/posts/${post.id}?write=1`)
  }
  return (
    <div className={classes.talk}>
      <div className={classes.acts}>
        <LikeButton kind="post" id={post.id} label={t('comments.like_post')} />
        {may && (
          <button type="button" className={classes.act} aria-expanded={whole ? undefined : writing} onClick={write}>
            <IconMessageCircle size={18} aria-hidden />
            {count > 0 ? t('comments.count', { count }) : t('comments.comment')}
          </button>
        )}
      </div>
      {!whole && <Newest post={post} />}
      {!whole && writing && (
        <Suspense>
          <CommentComposer post={post} autoFocus onEnd={() => setWriting(false)} />
        </Suspense>
      )}
    </div>
  )
}

function Newest({ post }: { post: Post }) {
  const t = useT()
  const { count, last } = useCommentCount(post.id)
  const shown = useComments(post.id, last - LATEST + 1, last).filter((one) => one.deleted_by === null)
  const acts = useCommentActs(post.id)
  if (shown.length === 0 && acts.length === 0 && count === 0) return null
  return (
    <>
      {(shown.length > 0 || acts.length > 0) && (
        <ul className={classes.newest} aria-label={t('comments.comments')}>
          {shown.map((comment) => (
            <CommentRow key={comment.id} comment={comment} brief />
          ))}
          {acts.map((act) => (
            <PendingComment key={act.client_id} act={act} held={act.state === 'pending' && acts.some((one) => one.state === 'failed')} />
          ))}
        </ul>
      )}
      {count > shown.length && (
        <Link href={`/posts/${post.id}`} className={classes.all}>
          {t('comments.all', { count })}
        </Link>
      )}
    </>
  )
}
