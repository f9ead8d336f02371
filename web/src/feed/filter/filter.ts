// What of the timeline is wanted: kept in the address, asked of the server, and answered by the store for what comes meanwhile.
import type { Id, Post, Ref } from '../../api/types'
import type { Store } from '../../live/store'
import { kinds } from '../kinds/kinds'
import type { Reader } from '../receipts/mine'

export const WHICH = ['mine', 'mentions', 'followed', 'favourites', 'hidden'] as const
export type Which = (typeof WHICH)[number]

export interface Filter {
  which: Which | null
  department: Id | null
  person: Id | null
  /** Of post. */
  kind: string | null
  /** The name of a topic. */
  topic: string | null
  /** What the posts are about. */
  record: Ref | null
  /** Under which folded names its posts stand, once the server has said so. */
  keys?: readonly string[]
}

export const EVERYTHING: Filter = { which: null, department: null, person: null, kind: null, topic: null, record: null }

function idIn(params: URLSearchParams, name: string): Id | null {
  const text = params.get(name) ?? ''
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}

function refIn(text: string): Ref | null {
  const [, kind, id] = /^([a-z_]{1,20})-([1-9]\d{0,14})$/.exec(text) ?? []
  return kind && id ? { kind, id: Number(id) } : null
}

/** What does not make sense is left out. */
export function filterOf(search: string): Filter {
  const params = new URLSearchParams(search)
  return {
    which: WHICH.find((one) => one === params.get('filter')) ?? null,
    department: idIn(params, 'department'),
    person: idIn(params, 'person'),
    kind: kinds.find((one) => one.kind === params.get('kind'))?.kind ?? null,
    topic: nameIn(params.get('topic') ?? ''),
    record: refIn(params.get('record') ?? ''),
  }
}

/** A topic's name as somebody may have written it into an address; null for what none can be. */
export function nameIn(text: string): string | null {
  const name = text.trim().replace(/\s+/g, ' ')
  return name && name.length <= 30 && !/[#[\]\p{Cc}\p{Cf}]/u.test(name) ? name : null
}

/** As the server folds names, near enough until it has said so itself. */
export function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

export function queryOf({ which, department, person, kind, topic, record }: Filter): Record<string, string | number> {
  return {
    ...(which !== null && { filter: which }),
    ...(department !== null && { department }),
    ...(person !== null && { person }),
    ...(kind !== null && { kind }),
    ...(topic !== null && { topic }),
    ...(record !== null && { record: `${record.kind}-${record.id}` }),
  }
}

export function addressOf(filter: Filter): string {
  const pairs = Object.entries(queryOf(filter)).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return pairs.length > 0 ? `/?${pairs.join('&')}` : '/'
}

export function isEverything({ which, department, person, kind, topic, record }: Filter): boolean {
  return record === null && which === null && topic === null && department === null && person === null && kind === null
}

/** Whether the server would list this post; `reader` is who asks. */
export function fits(post: Post, { which, department, person, kind, topic, record, keys }: Filter, reader: Reader, store: Store): boolean {
  const isHidden = store.get('hidden', post.id) !== undefined
  if (isHidden !== (which === 'hidden')) return false
  if (kind !== null && post.kind !== kind) return false
  if (topic !== null && !(post.topics ?? []).some((key) => (keys ?? [folded(topic)]).includes(key))) return false
  if (record !== null && !(post.cards ?? []).some((one) => one.kind === record.kind && one.id === record.id)) return false
  if (person !== null && post.author_id !== person) return false
  if (department !== null && !post.audience.departments.includes(department)) return false
  if (which === 'mine') return post.author_id === reader.id
  if (which === 'followed') return store.get('follow', post.id)?.follows === true
  if (which === 'favourites') return store.get('favourite', post.id) !== undefined
  if (which !== 'mentions') return true
  const { people, departments } = post.mentions
  return people.includes(reader.id) || departments.some((one) => reader.departments.has(one))
}
