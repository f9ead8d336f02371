// Below a task: its list, who is to do it, by when, and how far it is.
import { Checkbox } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { TaskView } from '../../../api/generated'
import type { Id, Post } from '../../../api/types'
import { listed, relativeTime } from '../../../i18n/dates'
import { useT } from '../../../i18n/i18n'
import { useMyId } from '../../../live/bootstrap'
import { usePeople, usePerson } from '../../../live/directory'
import { store } from '../../../live/store'
import { problemText } from '../../../ui/ProblemText'
import { toast } from '../../../ui/toasts'
import { DueTime } from '../../receipts/DueTime'
import bar from '../KindBar.module.css'
import { taskOf, tick } from './acts'
import { DoneButton } from './DoneButton'
import classes from './TaskBar.module.css'

export function TaskBar({ post }: { post: Post }) {
  const t = useT()
  const me = useMyId()
  const task = taskOf(post)
  usePeople(task?.people ?? [])
  const finisher = usePerson(task?.done_by ?? null)
  const gone = usePerson(task?.returned_from ?? null)
  if (!task) return null
  const mine = post.author_id === me || task.people.includes(me)
  const names = listed(task.people.map((id) => store.get('person', id)?.name ?? '…'))
  const done = task.state === 'done'
  const ticked = task.items.filter((one) => one.done_at !== null).length
  const StateIcon = done ? IconCircleCheck : IconCircleDashed
  return (
    <>
      {task.items.length > 0 && (
        <ul className={classes.items} aria-label={t('kinds.items')}>
          {task.items.map((item) => (
            <Item key={item.number} post={post.id} item={item} mine={mine} />
          ))}
        </ul>
      )}
      <div className={bar.bar} data-task={task.state}>
        <div className={bar.words}>
          <span className={bar.done}>
            <StateIcon size={20} aria-hidden />
            {done ? t('kinds.done_by', { name: finisher?.name ?? '…' }) : t('kinds.task_open')}
            {task.items.length > 0 && (
              <span className={bar.facts}>{t('kinds.ticked_of', { done: ticked, all: task.items.length })}</span>
            )}
          </span>
          <span className={bar.facts}>{t('kinds.for_whom', { names })}</span>
          {task.returned_from != null && !done && (
            <span className={bar.facts} data-returned>
              {t('kinds.returned', { name: gone?.name ?? '…' })}
            </span>
          )}
          {task.due_at && (
            <span className={bar.facts}>
              <DueTime due={task.due_at} waits={!done} />
            </span>
          )}
        </div>
        <DoneButton post={post.id} />
      </div>
    </>
  )
}

function Item({ post, item, mine }: { post: Id; item: TaskView['items'][number]; mine: boolean }) {
  const t = useT()
  const by = usePerson(item.done_by)
  const act = useMutation({
    mutationFn: (done: boolean) => tick(post, item.number, done),
    onError: (error) => toast(problemText(error), { tone: 'bad' }),
  })
  return (
    <li className={classes.item} data-item={item.number}>
      <Checkbox
        label={item.text}
        description={
          item.done_at ? t('kinds.done_by_at', { name: by?.name ?? '…', time: relativeTime(item.done_at) }) : undefined
        }
        checked={act.isPending ? act.variables : item.done_at !== null}
        disabled={!mine}
        onChange={(event) => act.mutate(event.currentTarget.checked)}
        classNames={{ body: classes.body, label: classes.label }}
      />
    </li>
  )
}
