// My answer to an invitation: on the card and beside the to-do. A word with it, and another answer later, in a dialog.
import { Button } from '@mantine/core'
import { IconCalendarCheck, IconCalendarQuestion, IconCalendarX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../../api/client'
import type { Id, Item, Post } from '../../../api/types'
import { useT, withTexts } from '../../../i18n/i18n'
import { applyItem } from '../../../live/answers'
import { useEntity } from '../../../live/hooks'
import { problemText } from '../../../ui/ProblemText'
import { toast } from '../../../ui/toasts'
import bar from '../KindBar.module.css'
import { type Answer, ANSWERS, answerInvitation, scheduleOf } from './acts'

const AnswerDialog = lazy(withTexts(() => import('./AnswerDialog')))
const ICONS = { accepted: IconCalendarCheck, tentative: IconCalendarQuestion, declined: IconCalendarX }

export function AnswerInvitation({ post }: { post: Id }) {
  return <Answering post={post} mayChange={false} />
}

interface Props {
  post: Id
  /** Whether a given answer is shown, and can be changed. */
  mayChange: boolean
}

export function Answering({ post: id, mayChange }: Props) {
  const t = useT()
  const post = useEntity('post', id)
  const mine = useEntity('invitation', id)
  const [choosing, setChoosing] = useState(false)
  const details = scheduleOf(post)
  // A to-do may be older than the posts that are loaded.
  useQuery({
    queryKey: ['invited', id],
    queryFn: async ({ signal }) => applyItem('post', await api.get<Item<Post>>(`/posts/${id}`, { signal })),
    enabled: !mayChange && (!post || !mine),
  })
  const give = useMutation({
    mutationFn: (answer: Answer) => answerInvitation(id, details?.sequence ?? 0, answer, mine?.word ?? ''),
    onError: (error) => toast(problemText(error), { tone: 'bad' }),
  })
  if (!details || !mine || mine.state === 'left' || details.state === 'cancelled') return null
  const dialog = choosing && (
    <Suspense>
      <AnswerDialog post={id} onClose={() => setChoosing(false)} />
    </Suspense>
  )
  if (mine.state === 'answered' && mine.answer) {
    if (!mayChange) return null
    const Icon = ICONS[mine.answer]
    return (
      <span className={bar.buttons}>
        <span className={bar.done} role="status" data-answer={mine.answer}>
          <Icon size={20} aria-hidden />
          {t(`kinds.${mine.answer}`)}
        </span>
        <Button variant="subtle" onClick={() => setChoosing(true)}>
          {t('kinds.answer_anew')}
        </Button>
        {dialog}
      </span>
    )
  }
  return (
    <span className={bar.buttons}>
      {ANSWERS.map((answer) => (
        <Button
          key={answer}
          variant={answer === 'accepted' ? 'filled' : 'default'}
          px="sm"
          loading={give.isPending && give.variables === answer}
          onClick={() => give.mutate(answer)}
        >
          {t(`kinds.give_${answer}`)}
        </Button>
      ))}
      {mayChange && (
        <Button variant="subtle" px="sm" onClick={() => setChoosing(true)}>
          {t('kinds.with_a_word')}
        </Button>
      )}
      {dialog}
    </span>
  )
}
