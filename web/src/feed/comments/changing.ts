// Which of my comments is being changed: one at a time.
import type { Id } from '../../api/types'
import { Signal } from '../../live/emitter'

export const changing = new Signal<Id | null>(null)
