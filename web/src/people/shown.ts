// Which person's card lies open beside the page, from a name pressed anywhere.
import type { Id } from '../api/types'
import { Signal } from '../live/emitter'

export const shownPerson = new Signal<Id | null>(null)

export function showPerson(id: Id): void {
  shownPerson.set(id)
}
