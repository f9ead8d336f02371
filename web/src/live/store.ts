// The entity store: what this client knows, fed by socket and HTTP through the same numbered put.
// Components read it with the hooks of live/hooks.ts; selectors live in the domain folders.
import type { Change, Entities, Id, Kind, Message, Post } from '../api/types'
import { type Entries, reduce } from './reducer'

type Listener = () => void

export class Store {
  private entries: Entries = new Map()
  private readonly kindListeners = new Map<Kind, Set<Listener>>()
  private readonly entityListeners = new Map<string, Set<Listener>>()
  private readonly versions = new Map<Kind, number>()
  private readonly messageIds = new Map<Id, Set<Id>>()
  private readonly messageLists = new Map<Id, Message[]>()
  private postList: Post[] | null = null
  /** Rises at every reset: lists of ids fetched before it must be fetched again. */
  generation = 0

  get<K extends Kind>(kind: K, id: Id): Entities[K] | undefined {
    return this.entries.get(kind)?.get(id)?.data as Entities[K] | undefined
  }

  /** The number of the newest thing known of an entity (a drop counts), 0 when nothing is. */
  seqOf(kind: Kind, id: Id): number {
    return this.entries.get(kind)?.get(id)?.seq ?? 0
  }

  all<K extends Kind>(kind: K): Entities[K][] {
    const found: Entities[K][] = []
    for (const held of this.entries.get(kind)?.values() ?? []) {
      if (held.data !== undefined) found.push(held.data as Entities[K])
    }
    return found
  }

  /** Messages of a conversation by number, oldest first; the same array until one changes. */
  messagesOf(conversation: Id): readonly Message[] {
    let list = this.messageLists.get(conversation)
    if (!list) {
      list = []
      for (const id of this.messageIds.get(conversation) ?? []) {
        const message = this.get('message', id)
        if (message) list.push(message)
      }
      list.sort((a, b) => a.number - b.number)
      this.messageLists.set(conversation, list)
    }
    return list
  }

  /** Posts newest first; the same array until one changes. */
  posts(): readonly Post[] {
    this.postList ??= this.all('post').sort((a, b) => b.id - a.id)
    return this.postList
  }

  /** Counts changes of a kind: the cheap answer to «may a selector's result differ?». */
  version(kind: Kind): number {
    return this.versions.get(kind) ?? 0
  }

  /** Puts and drops with one log number, listeners told once at the end. */
  apply(seq: number, changes: readonly Change[]): void {
    this.applyAll([{ seq, changes }])
  }

  applyAll(batches: readonly { seq: number; changes: readonly Change[] }[]): void {
    const touched = new Map<Kind, Set<Id>>()
    for (const { seq, changes } of batches) {
      for (const change of changes) {
        this.unindex(change)
        const changed = reduce(this.entries, seq, change)
        this.index(change)
        if (!changed) continue
        let ids = touched.get(change.kind)
        if (!ids) touched.set(change.kind, (ids = new Set()))
        ids.add(change.id)
      }
    }
    this.tell(touched)
  }

  /** Forgets everything and takes the bootstrap's state instead, in one step for whoever looks. */
  reset(seq: number, changes: readonly Change[]): void {
    const touched = new Map<Kind, Set<Id>>()
    for (const [kind, byId] of this.entries) touched.set(kind, new Set(byId.keys()))
    this.entries = new Map()
    this.messageIds.clear()
    this.messageLists.clear()
    this.postList = null
    this.generation += 1
    for (const change of changes) {
      reduce(this.entries, seq, change)
      this.index(change)
      let ids = touched.get(change.kind)
      if (!ids) touched.set(change.kind, (ids = new Set()))
      ids.add(change.id)
    }
    this.tell(touched)
  }

  subscribe(kinds: readonly Kind[], listener: Listener): () => void {
    for (const kind of kinds) add(this.kindListeners, kind, listener)
    return () => {
      for (const kind of kinds) this.kindListeners.get(kind)?.delete(listener)
    }
  }

  subscribeTo(kind: Kind, id: Id, listener: Listener): () => void {
    const key = `${kind}/${id}`
    add(this.entityListeners, key, listener)
    return () => {
      const set = this.entityListeners.get(key)
      set?.delete(listener)
      if (set?.size === 0) this.entityListeners.delete(key)
    }
  }

  private unindex(change: Change): void {
    if (change.kind !== 'message') return
    const before = this.get('message', change.id)
    if (before) this.messageIds.get(before.conversation_id)?.delete(change.id)
    if (before) this.messageLists.delete(before.conversation_id)
  }

  private index(change: Change): void {
    if (change.kind === 'post') this.postList = null
    if (change.kind !== 'message') return
    const message = this.get('message', change.id)
    if (!message) return
    let ids = this.messageIds.get(message.conversation_id)
    if (!ids) this.messageIds.set(message.conversation_id, (ids = new Set()))
    ids.add(message.id)
    this.messageLists.delete(message.conversation_id)
  }

  private tell(touched: Map<Kind, Set<Id>>): void {
    const listeners = new Set<Listener>()
    for (const [kind, ids] of touched) {
      this.versions.set(kind, this.version(kind) + 1)
      for (const listener of this.kindListeners.get(kind) ?? []) listeners.add(listener)
      for (const id of ids) {
        for (const listener of this.entityListeners.get(`${kind}/${id}`) ?? []) listeners.add(listener)
      }
    }
    for (const listener of listeners) listener()
  }
}

function add<K>(map: Map<K, Set<Listener>>, key: K, listener: Listener): void {
  let set = map.get(key)
  if (!set) map.set(key, (set = new Set()))
  set.add(listener)
}

export const store = new Store()
