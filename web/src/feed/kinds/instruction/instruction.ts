// Instructions: each recipient answers «received» and «done», nothing more (WORK-09, 10).
import { IconClipboardText } from '@tabler/icons-react'
import { lazy } from 'react'
import type { PostKind } from '../declared'
import { isPastDue } from '../due'
import { AnswerButtons } from './AnswerButtons'
import { InstructionBar } from './InstructionBar'

export const instruction: PostKind = {
  kind: 'instruction',
  icon: IconClipboardText,
  capability: 'post.instruct',
  Fields: lazy(() => import('./InstructionFields')),
  missing: (details, now) => (isPastDue(details.due_at, now) ? ['details.due_at', 'past'] : null),
  Below: InstructionBar,
  todo: { entity: 'todo/instruction', Act: AnswerButtons },
}
