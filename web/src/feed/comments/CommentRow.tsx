// One comment: who, when, what it answers, what it says, and what may be done with it.
import { lazy, memo, Suspense, useCallback } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { Comment, Id } from '../../api/types'
import { Cards } from '../../cards/Cards'
import { Attachments } from '../../files/Attachments'
import { useT } from '../../i18n/i18n'
import { useActedName } from '../../live/acted'
import { useCan, useMyId } from '../../live/bootstrap'
import { usePerson } from '../../live/directory'
import { useSignal } from '../../live/emitter'
import { showPerson } from '../../people/shown'
import { Avatar } from '../../ui/Avatar'
import { Markdown } from '../../ui/Markdown'
import { RelativeTime } from '../../ui/RelativeTime'
import { UnreachedNames } from '../card/Unreached'
import { CommentMenu } from './CommentMenu'
import classes from './CommentRow.module.css'
import { changing } from './changing'
import { LikeButton } from './LikeButton'
import { Quote } from './Quote'
import { dismissLeftOut, leftOut } from './written'

const EditComment = lazy(() => import('./EditComment').then((m) => ({ default: m.EditComment })))

interface Props {
  comment: Comment
  isTarget?: boolean
  /** Under a post in a list: no menu, and shortened. */
  brief?: boolean
  onReply?: ((comment: Comment) => void) | undefined
  onGo?: ((comment: Id) => void) | undefined
}

export const CommentRow = memo(function CommentRow({ comment, isTarget = false, brief = false, onReply, onGo }: Props) {
  const t = useT()
  const me = useMyId()
  const may = useCan('post.comment')
  const author = usePerson(comment.author_id)
  const name = author?.name ?? '…'
  const signed = useActedName(comment.author_id, comment.by_id)
  const isChanging = useSignal(changing) === comment.id && !brief
  const unreached = useSignal(leftOut).get(comment.id)
  const onMention = useCallback((kind: string, who: Id) => {
    if (kind === 'person') showPerson(who)
    else navigate(`/people?department=${who}`)
  }, [])
  if (comment.deleted_by !== null) {
    const own = comment.deleted_by === comment.author_id
    return (
      <li className={classes.row} data-comment={comment.id} data-number={comment.number} data-target={isTarget || undefined}>
        <span className={classes.mark} />
        <p className={classes.stub}>{t(own ? 'comments.deleted' : 'comments.deleted_for')}</p>
      </li>
    )
  }
  return (
    <li className={classes.row} data-comment={comment.id} data-number={comment.number} data-target={isTarget || undefined}>
      <button type="button" className={classes.mark} tabIndex={-1} aria-hidden onClick={() => showPerson(comment.author_id)}>
        <Avatar id={comment.author_id} name={name} size={32} />
      </button>
      <article className={classes.body} aria-labelledby={`comment-${comment.id}-author`}>
        <header className={classes.head}>
          <button
            type="button"
            id={`comment-${comment.id}-author`}
            className={classes.author}
            onClick={() => showPerson(comment.author_id)}
          >
            {signed}
            {author?.state === 'left' && <span className={classes.fact}> · {t('ui.has_left')}</span>}
          </button>
          <RelativeTime at={comment.created_at} className={classes.fact} />
          {comment.edited_at && <span className={classes.fact}>{t('comments.edited')}</span>}
        </header>
        {comment.reply_to !== null && <Quote id={comment.reply_to} onGo={onGo} />}
        {isChanging ? (
          <Suspense>
            <EditComment comment={comment} />
          </Suspense>
        ) : (
          <>
            {comment.text !== '' && (
              <div className={classes.text} data-brief={brief || undefined}>
                <Markdown text={comment.text} me={me} onMention={onMention} />
              </div>
            )}
            <Cards cards={comment.cards} />
            <Attachments files={comment.files} />
            {unreached && <UnreachedNames who={unreached} onClose={() => dismissLeftOut(comment.id)} />}
            {!brief && (
              <div className={classes.acts}>
                <LikeButton kind="comment" id={comment.id} label={t('comments.like_of', { name })} />
                {may && onReply && (
                  <button
                    type="button"
                    className={classes.act}
                    aria-label={t('comments.reply_to', { name })}
                    onClick={() => onReply(comment)}
                  >
                    {t('comments.reply')}
                  </button>
                )}
                <CommentMenu comment={comment} />
              </div>
            )}
          </>
        )}
      </article>
    </li>
  )
})
