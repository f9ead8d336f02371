// For the author: how many have confirmed, live, and the way to who is missing.
import { Button, Progress } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { Post } from '../../api/types'
import { useT } from '../../i18n/i18n'
import classes from './ReceiptBar.module.css'
import { useTally } from './tally'

const PanelDrawer = lazy(() => import('./PanelDrawer'))

interface Props {
  post: Post
  mine: boolean
  /** On the post's page the panel stands below anyway. */
  whole: boolean
}

export function AuthorBar({ post, mine, whole }: Props) {
  const t = useT()
  const tally = useTally(post.id, mine ? 'mine' : 'watched')
  const [open, setOpen] = useState(false)
  const { done = 0, asked = 0 } = tally ?? {}
  const label = t('feed.confirmed_of', { done, asked })
  return (
    <div className={classes.author}>
      <div className={classes.tally}>
        <span className={classes.count} aria-live="polite">
          {tally ? label : '…'}
          {post.receipts?.bound && ` · ${t('feed.bound_note')}`}
        </span>
        <Progress value={asked > 0 ? (done / asked) * 100 : 0} aria-label={label} size="sm" />
      </div>
      {!whole && (
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('feed.who')}
        </Button>
      )}
      {open && (
        <Suspense>
          <PanelDrawer post={post} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
