// Puts what an HTTP answer holds into the store, under the number the answer carries: the same way as live changes.
import type { Answer } from '../api/client'
import type { Change, Entities, Id, Item, Kind, List } from '../api/types'
import { store } from './store'

type WithId = { id: Id }

export function applyAnswer(seq: number, changes: readonly Change[]): void {
  store.apply(seq, changes)
}

export function putChange<K extends Kind>(kind: K, id: Id, data: Entities[K]): Change {
  return { op: 'put', kind, id, data } as Change
}

/** `{items, also}` of entities that carry their own id; answers the ids in the server's order. */
export function applyList<K extends Kind>(kind: K, answer: Answer<List<Entities[K] & WithId>>): Id[] {
  const { items, also } = answer.data
  store.apply(answer.seq, [...items.map((item) => putChange(kind, item.id, item)), ...(also ?? [])])
  return items.map((item) => item.id)
}

export function applyItem<K extends Kind>(kind: K, answer: Answer<Item<Entities[K] & WithId>>): Id {
  const { item, also } = answer.data
  store.apply(answer.seq, [putChange(kind, item.id, item), ...(also ?? [])])
  return item.id
}
