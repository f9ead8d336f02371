// Finishing a task, or opening it again: on the card and beside the to-do.
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Id } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { useMyId } from '../../../live/bootstrap'
import { useEntity } from '../../../live/hooks'
import { problemText } from '../../../ui/ProblemText'
import { toast } from '../../../ui/toasts'
import { progress, taskOf } from './acts'

export function DoneButton({ post: id }: { post: Id }) {
  const t = useT()
  const me = useMyId()
  const post = useEntity('post', id)
  const waits = useEntity('todo/task', id) !== undefined
  const act = useMutation({
    mutationFn: (state: 'open' | 'done') => progress(id, state),
    onError: (error) => toast(problemText(error), { tone: 'bad' }),
  })
  const task = taskOf(post)
  // A to-do may be older than the posts that are loaded: then it waits for me all the same.
  if (task ? !(post?.author_id === me || task.people.includes(me)) : !waits) return null
  const isOpen = task === null || task.state === 'open'
  return (
    <Button variant={isOpen ? 'filled' : 'default'} loading={act.isPending} onClick={() => act.mutate(isOpen ? 'done' : 'open')}>
      {t(isOpen ? 'kinds.finish' : 'kinds.reopen')}
    </Button>
  )
}
