// Stands once in the shell, so that a receipt given anywhere (card, to-dos, chat) asks its question in the same way.
import { lazy, Suspense } from 'react'
import { useSignal } from '../../../live/emitter'
import { useEntity } from '../../../live/hooks'
import { useMyReceipt } from '../mine'
import { answering } from './answering'

const AnswerDialog = lazy(() => import('./AnswerDialog'))

export function Answering() {
  const id = useSignal(answering) ?? 0
  const post = useEntity('post', id)
  const receipt = useMyReceipt(id)
  const question = post?.receipts?.question
  if (!post || !question || receipt?.state !== 'open') return null
  return (
    <Suspense>
      <AnswerDialog key={id} post={post} question={question} onClose={() => answering.set(null)} />
    </Suspense>
  )
}
