// Asks the composer of a post's page to take the caret, to answer a comment if one is given.
import type { Id } from '../../api/types'
import { Emitter } from '../../live/emitter'

export const asked = new Emitter<{ post: Id; reply: Id | null }>()
export function writeHere(post: Id, reply: Id | null = null): void {
  asked.emit({ post, reply })
}
