// The receipts panel below a post: for its author, for managers of those asked, for who reads all. Others see nothing.
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Post } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useMe } from '../../live/bootstrap'
import { fetchRows } from './columns'
import { useMyReceipt } from './mine'
import classes from './PostReceipts.module.css'

const ReceiptsPanel = lazy(() => import('./ReceiptsPanel').then((m) => ({ default: m.ReceiptsPanel })))

export function PostReceipts({ post }: { post: Post }) {
  const t = useT()
  const { person, capabilities } = useMe()
  const isMine = person.id === post.author_id
  const receipt = useMyReceipt(post.id)
  const isAsked = receipt?.state === 'open' || receipt?.state === 'done'
  const leads = capabilities['receipt.require']?.some((scope) => scope === 'below' || scope === 'all')
  const readsAll = capabilities['receipts.read'] !== undefined
  // Only the server knows which of those asked report to me; nobody else needs to ask it.
  const seen = useQuery({
    queryKey: ['receipts-seen', post.id],
    queryFn: async ({ signal }) => (await fetchRows(post.id, 'unread', null, signal)).names,
    enabled: !isMine && (isAsked || leads === true || readsAll),
    retry: false,
    staleTime: 60_000,
  })
  if (!isMine && (seen.data === undefined || seen.data === 'none')) return null
  return (
    <section className={classes.receipts}>
      <h2 className={classes.title}>{t('feed.receipts')}</h2>
      <Suspense>
        <ReceiptsPanel post={post} />
      </Suspense>
    </section>
  )
}
