// Which receipt waits for its answer to be filled in; null: none. Every «Received» that asks for more opens the same dialog.
import type { Id } from '../../../api/types'
import { Signal } from '../../../live/emitter'

export const answering = new Signal<Id | null>(null)
