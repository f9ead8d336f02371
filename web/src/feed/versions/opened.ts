// Whose earlier versions are open; null: nobody's.
import type { Id } from '../../api/types'
import { Signal } from '../../live/emitter'

export const opened = new Signal<Id | null>(null)
