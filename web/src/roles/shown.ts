// Whose permissions lie open above the page, from a button pressed anywhere.
import type { Id } from '../api/types'
import { Signal } from '../live/emitter'

export const shownPermissions = new Signal<Id | null>(null)

export function showPermissions(id: Id): void {
  shownPermissions.set(id)
}
