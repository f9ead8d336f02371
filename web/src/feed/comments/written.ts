// Whom a comment of mine mentions although they cannot see it (M1), until I have read that.
import type { Id, WrittenComment } from '../../api/types'
import { commented } from '../../live/carry'
import { Signal } from '../../live/emitter'
import { whenForgetting } from '../../shell/session'

export type LeftOut = WrittenComment['not_notified']
export const leftOut = new Signal<ReadonlyMap<Id, LeftOut>>(new Map())

export function noteLeftOut(comment: Id, who: LeftOut): void {
  const next = new Map(leftOut.get())
  if (who.people.length + who.departments.length > 0) next.set(comment, who)
  else next.delete(comment)
  leftOut.set(next)
}

export function dismissLeftOut(comment: Id): void {
  noteLeftOut(comment, { people: [], departments: [] })
}

commented.on(({ comment, notNotified }) => noteLeftOut(comment.id, notNotified))
whenForgetting(() => leftOut.set(new Map()))
