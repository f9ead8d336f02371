// All comments of a post on its page: a run of them, earlier and later ones on request, new ones behind «3 new» while one reads
// further up; the composer stays at the foot of the screen.
import { Button, Loader } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useSearch } from 'wouter'
import type { Id, Post } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useCan, useMyId } from '../../live/bootstrap'
import { problemText } from '../../ui/ProblemText'
import { CommentComposer } from './CommentComposer'
import { CommentRow } from './CommentRow'
import { useCommentCount, useComments } from './known'
import { type Pages, usePages } from './pages'
import { PendingComment, useCommentActs } from './PendingComment'
import classes from './PostComments.module.css'
import { writeHere } from './writeHere'

export function PostComments({ post }: { post: Post }) {
  const t = useT()
  const me = useMyId()
  const may = useCan('post.comment')
  const search = new URLSearchParams(useSearch())
  const linked = Number(search.get('comment')) || null
  const wants = search.get('write') !== null
  const pages = usePages(post.id, linked)
  const { count, last } = useCommentCount(post.id)
  const shown = useComments(post.id, pages.from, pages.to)
  const behind = useComments(post.id, pages.to + 1, last)
  const fresh = behind.filter((one) => one.deleted_by === null && one.author_id !== me).length
  const isContiguous = behind.length >= last - pages.to
  const acts = useCommentActs(post.id)
  const [target, setTarget] = useState<Id | null>(linked)
  const list = useRef<HTMLUListElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const atEnd = useSeen(end)

  useEffect(() => setTarget(linked), [linked])
  useTarget(list, target, pages.ready)
  const keepPlace = useKeptPlace(list, pages.from)
  // Whoever stands at the end sees what comes at once: it moves nothing that is being read.
  useEffect(() => {
    if (atEnd && pages.ready && isContiguous && last > pages.to) pages.toEnd()
  }, [atEnd, isContiguous, last, pages])
  // What I send is shown, wherever I was reading.
  const sent = useRef(acts.length)
  useEffect(() => {
    if (acts.length > sent.current) end.current?.scrollIntoView({ block: 'end' })
    sent.current = acts.length
  }, [acts.length])
  const go = (comment: Id): void => {
    void pages.around(comment).then((found) => found && setTarget(comment))
  }
  const toEnd = (): void => {
    pages.toEnd()
    requestAnimationFrame(() => end.current?.scrollIntoView({ block: 'end' }))
  }
  const before = pages.from - 1
  const later = last - pages.to
  return (
    <section className={classes.comments} aria-label={t('comments.comments')}>
      <h2 className={classes.title}>{count > 0 ? t('comments.count', { count }) : t('comments.comments')}</h2>
      {pages.gone && <p className={classes.note}>{t('comments.gone')}</p>}
      {pages.ready && before > 0 && (
        <Button
          variant="subtle"
          loading={pages.busy}
          onClick={() => {
            keepPlace()
            pages.earlier()
          }}
        >
          {t('comments.earlier', { count: before })}
        </Button>
      )}
      {!pages.ready && !pages.problem && <Loader size="sm" aria-label={t('ui.loading')} />}
      <Trouble pages={pages} />
      {pages.ready && count === 0 && shown.length === 0 && acts.length === 0 && <p className={classes.note}>{t('comments.none')}</p>}
      <ul ref={list} className={classes.list}>
        {shown.map((one) => (
          <CommentRow
            key={one.id}
            comment={one}
            isTarget={one.id === target}
            onGo={go}
            onReply={(comment) => writeHere(post.id, comment.id)}
          />
        ))}
        {acts.map((act) => (
          <PendingComment key={act.client_id} act={act} held={act.state === 'pending' && acts.some((one) => one.state === 'failed')} />
        ))}
      </ul>
      {pages.ready && later > 0 && !isContiguous && (
        <Button variant="subtle" loading={pages.busy} onClick={pages.later}>
          {t('comments.later', { count: later })}
        </Button>
      )}
      <div ref={end} className={classes.end} />
      <div className={classes.foot}>
        <div className={classes.fresh} role="status">
          {pages.ready && isContiguous && fresh > 0 && !atEnd && (
            <button type="button" onClick={toEnd}>
              <IconArrowDown size={18} aria-hidden />
              {t('comments.fresh', { count: fresh })}
            </button>
          )}
        </div>
        {may ? <CommentComposer post={post} autoFocus={wants} /> : <p className={classes.note}>{t('comments.not_allowed')}</p>}
      </div>
    </section>
  )
}

function Trouble({ pages }: { pages: Pages }) {
  const t = useT()
  if (!pages.problem) return null
  return (
    <div className={classes.trouble} role="alert">
      <span>{problemText(pages.problem)}</span>
      <Button variant="default" onClick={pages.again}>
        {t('ui.try_again')}
      </Button>
    </div>
  )
}

function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!element.current) return
    const watcher = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? false), { rootMargin: '0px 0px -60px' })
    watcher.observe(element.current)
    return () => watcher.disconnect()
  }, [element])
  return seen
}

/** Brings the comment of a link, or one that is quoted, into view. */
function useTarget(list: RefObject<HTMLElement | null>, target: Id | null, ready: boolean): void {
  useEffect(() => {
    if (target === null || !ready) return
    list.current?.querySelector(`[data-comment="${target}"]`)?.scrollIntoView({ block: 'center' })
  }, [list, target, ready])
}

/** What comes in above must not move what is being read, in browsers too that do not see to it themselves. */
function useKeptPlace(list: RefObject<HTMLElement | null>, from: number): () => void {
  const kept = useRef<{ row: Element; top: number } | null>(null)
  useLayoutEffect(() => {
    const before = kept.current
    kept.current = null
    if (!before?.row.isConnected) return
    let scroller = list.current?.parentElement ?? null
    while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
    if (scroller) scroller.scrollTop += before.row.getBoundingClientRect().top - before.top
  }, [list, from])
  return () => {
    const row = list.current?.firstElementChild
    kept.current = row ? { row, top: row.getBoundingClientRect().top } : null
  }
}
