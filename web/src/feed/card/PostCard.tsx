// One post: who, when, for whom, what it says; below it the receipt, where one is asked (FEED-23), then likes and comments.
import { Skeleton } from '@mantine/core'
import { lazy, memo, Suspense, useCallback } from 'react'
import { Link } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import type { Id } from '../../api/types'
import { Cards } from '../../cards/Cards'
import { Attachments } from '../../files/Attachments'
import { withTexts } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { showPerson } from '../../people/shown'
import { Markdown } from '../../ui/Markdown'
import { PostTalk } from '../comments/PostTalk'
import { kindOf } from '../kinds/kinds'
import { ReceiptBar } from '../receipts/ReceiptBar'
import { useSeen } from '../receipts/useSeen'
import { addressOfTopic } from '../topic/address'
import { HiddenNote } from './HiddenNote'
import { LongText } from './LongText'
import classes from './PostCard.module.css'
import { PostHead } from './PostHead'
import { PostSkeleton } from './PostSkeleton'
import { Unreached } from './Unreached'

const PollCard = lazy(() => import('../poll/PollCard'))
const TableCard = lazy(withTexts(() => import('../table/TableCard')))

const onTopic = (name: string): void => navigate(addressOfTopic(name))

interface Props {
  id: Id
  /** On its own page: never shortened, and seen at once. */
  whole?: boolean
}

export const PostCard = memo(function PostCard({ id, whole = false }: Props) {
  const post = useEntity('post', id)
  const me = useMyId()
  const seen = useSeen(id, whole)
  const onMention = useCallback((kind: string, who: Id) => {
    if (kind === 'person') showPerson(who)
    else navigate(`/people?department=${who}`)
  }, [])
  if (!post) return <PostSkeleton />
  const { Above, Body, Below } = kindOf(post.kind)
  return (
    <article
      ref={seen}
      className={classes.card}
      data-receipts={post.receipts ? true : undefined}
      data-post={id}
      data-kind={post.kind}
      aria-labelledby={`post-${id}-author`}
    >
      <PostHead post={post} linked={!whole} />
      <Unreached post={id} />
      <HiddenNote post={id} />
      {post.title && <h2 className={classes.title}>{whole ? post.title : <Link href={`/posts/${id}`}>{post.title}</Link>}</h2>}
      {Above && <Above post={post} whole={whole} />}
      {post.text !== '' && (
        <LongText id={id} text={post.text} whole={whole}>
          {Body ? <Body post={post} /> : <Markdown text={post.text} me={me} onMention={onMention} onTopic={onTopic} />}
        </LongText>
      )}
      {post.poll && (
        <Suspense fallback={<Skeleton height={60 + 52 * post.poll.options.length} mt={12} />}>
          <PollCard post={post} poll={post.poll} />
        </Suspense>
      )}
      {post.table && (
        <Suspense fallback={<Skeleton height={180} mt={12} />}>
          <TableCard post={post} table={post.table} whole={whole} />
        </Suspense>
      )}
      <Attachments files={post.files} />
      <Cards cards={post.cards} />
      {Below && <Below post={post} whole={whole} />}
      {post.receipts && <ReceiptBar post={post} asked={post.receipts} whole={whole} />}
      <PostTalk post={post} whole={whole} />
    </article>
  )
})
