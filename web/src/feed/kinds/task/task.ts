// Tasks: one state for all their people, a list to tick off, what they come from carried as a card (WORK-12, FEED-16).
import { IconSubtask } from '@tabler/icons-react'
import { lazy } from 'react'
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
  Below: TaskBar,
  todo: { entity: 'todo/task', Act: DoneButton },
}
