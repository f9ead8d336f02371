// Tasks: one state for all their people, a list to tick off, what they come from carried as a card (WORK-12, FEED-16).
import { IconSubtask } from '@tabler/icons-react'
import { lazy } from 'react'
import type { TaskView } from '../../../api/generated'
import type { Post } from '../../../api/types'
import { exactTime, listed } from '../../../i18n/dates'
import { say } from '../../../i18n/i18n'
import { store } from '../../../live/store'
import type { Named } from '../../../ui/names'
import type { Details, PostKind } from '../declared'
import { isPastDue } from '../due'
import { DoneButton } from './DoneButton'
import { TaskBar } from './TaskBar'

/** What the composer keeps: names where the server wants ids, the list as it is typed. */
export interface TaskForm {
  names?: Named[]
  due_at?: string | null
  items?: string
}

export function given(form: Details): { details: Details; people: readonly number[] } {
  const { names = [], due_at = null, items = '' } = form as TaskForm
  const people = names.map((one) => one.id)
  const lines = items.split('\n').map((line) => line.trim())
  return { details: { people, due_at, items: lines.filter(Boolean) }, people }
}

function viewOf(post: Post): TaskView | null {
  return post.details?.kind === 'task' ? post.details : null
}

/** What was published, as the form shows it. */
export function formOfTask(post: Post): Details {
  const view = viewOf(post)
  const names = (view?.people ?? []).map((id): Named => ({ kind: 'person', id, name: store.get('person', id)?.name ?? '…', hint: '' }))
  return { names, due_at: view?.due_at ?? null, items: (view?.items ?? []).map((one) => one.text).join('\n') }
}

/** A line that stays as it was keeps its number, and with it whether it was ticked off. */
export function changedTask(form: Details, post: Post): { details: Details; people: readonly number[] } | null {
  const view = viewOf(post)
  if (!view) return null
  const now = given(form).details as { people: number[]; due_at: string | null; items: string[] }
  const left = [...view.items]
  const items = now.items.map((text) => {
    const at = left.findIndex((one) => one.text === text)
    const [same] = at < 0 ? [] : left.splice(at, 1)
    return { text, number: same?.number ?? null }
  })
  const time = (at: string | null): number | null => (at ? new Date(at).getTime() : null)
  const isOther = [...now.people].sort((a, b) => a - b).join() !== [...view.people].sort((a, b) => a - b).join()
  const details: Details = {
    ...(isOther && { people: now.people }),
    ...(time(now.due_at) !== time(view.due_at) && { due_at: now.due_at }),
    ...(items.map((one) => one.number).join() !== view.items.map((one) => one.number).join() && { items }),
  }
  if (Object.keys(details).length === 0) return null
  return { details, people: isOther ? now.people.filter((id) => !view.people.includes(id)) : [] }
}

function says(details: Details): string {
  const { people = [], due_at = null, items = [] } = details as Partial<TaskView>
  const names = listed(people.map((id) => store.get('person', id)?.name ?? '…'))
  return [say('kinds.for_whom', { names }), due_at && say('kinds.due_said', { time: exactTime(due_at) }), ...items.map((one) => `· ${one.text}`)].filter(Boolean).join('\n')
}

export const task: PostKind = {
  kind: 'task',
  icon: IconSubtask,
  capability: 'post.instruct',
  Fields: lazy(() => import('./TaskFields')),
  given,
  missing: (details, now) => {
    if (given(details).people.length === 0) return ['details.people', 'required']
    return isPastDue(details.due_at, now) ? ['details.due_at', 'past'] : null
  },
  amend: { form: formOfTask, changed: changedTask },
  says,
  Below: TaskBar,
  todo: { entity: 'todo/task', Act: DoneButton },
}
