// One post by its link, with the receipts panel for those who may see it.
import { Button } from '@mantine/core'
import { IconFileOff } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import type { Post } from '../api/types'
import { Traces } from '../cards/Traces'
import { useT } from '../i18n/i18n'
import { ShownPerson } from '../people/ShownPerson'
import { EmptyState } from '../ui/EmptyState'
import { Page } from '../ui/Page'
import { problemText } from '../ui/ProblemText'
import { PostCard } from './card/PostCard'
import { PostSkeleton } from './card/PostSkeleton'
import { PostComments } from './comments/PostComments'
import { wordOf } from './kinds/words'
import { PostReceipts } from './receipts/PostReceipts'
import { usePost } from './todo/usePost'
import { arrivedHere } from './wentBack'

export default function PostPage({ params }: { params: { id: string } }) {
  useT()
  const [, go] = useLocation()
  const id = /^\d{1,15}$/.test(params.id) ? Number(params.id) : 0
  const { post, problem, again } = usePost(id)
  const back = (): void => {
    if (arrivedHere()) history.back()
    else go('/')
  }
  return (
    <Page title={wordOf(post?.kind ?? 'post')} onBack={back}>
      <Content id={id} post={post} problem={problem} again={again} />
      <ShownPerson />
    </Page>
  )
}

interface Props {
  id: number
  post: Post | undefined
  problem: ReturnType<typeof usePost>['problem']
  again: () => void
}

function Content({ id, post, problem, again }: Props) {
  const t = useT()
  if (post) {
    return (
      <>
        <PostCard id={id} whole />
        {post.receipts && <PostReceipts post={post} />}
        <Traces kind="post" id={id} />
        <PostComments post={post} />
      </>
    )
  }
  if (id !== 0 && !problem) return <PostSkeleton />
  if (problem?.isPassing) {
    return (
      <EmptyState title={problemText(problem)} action={<Button onClick={again}>{t('ui.try_again')}</Button>} />
    )
  }
  return (
    <EmptyState
      icon={<IconFileOff size={48} stroke={1.4} />}
      title={t('feed.post_not_found')}
      action={
        <Button component={Link} href="/">
          {t('ui.to_work')}
        </Button>
      }
    >
      {t('feed.post_not_found_text')}
    </EmptyState>
  )
}
