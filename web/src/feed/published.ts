// What became of my shares: the draft of a delivered one goes, and who was mentioned but cannot see it is told (M1).
import type { Id, PublishedPost } from '../api/types'
import { published } from '../live/carry'
import { Signal } from '../live/emitter'
import { drafts } from '../ui/drafts'
import type { ShareForm } from './share/form'

export type Unreached = PublishedPost['not_notified']
/** By post; until the author has read it. */
export const unreached = new Signal<ReadonlyMap<Id, Unreached>>(new Map())

export function dismissUnreached(post: Id): void {
  const left = new Map(unreached.get())
  left.delete(post)
  unreached.set(left)
}

export function forgetUnreached(): void {
  unreached.set(new Map())
}

export function noteUnreached(post: Id, people: Unreached): void {
  if (people.people.length + people.departments.length > 0) unreached.set(new Map(unreached.get()).set(post, people))
  else dismissUnreached(post)
}

published.on(({ act, post, notNotified }) => {
  const place = act.body.kind
  if (drafts.readForm<ShareForm>(act.person, place)?.sentAs === act.client_id) {
    drafts.write(act.person, place, { text: '', mentioned: [] })
    drafts.writeForm(act.person, place, null)
  }
  noteUnreached(post.id, notNotified)
})
