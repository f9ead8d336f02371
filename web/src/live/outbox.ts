// Everything a person sent that the server has not confirmed yet: messages, comments, receipts, shares. Kept in IndexedDB, so that
// reload, offline or an ended session lose nothing; the same client_id at every try, so that nothing is doubled.
// Order: acts of one lane (a conversation, a post's comments, its receipt) go one after the other; a failed one holds those behind it. Shares wait for nobody.
import { newId } from '../api/ids'
import { ApiProblem, asProblem } from '../api/problem'
import type { AnswerInput, CarriedCard, FileView, Id, MessageMentions, NewPost, Problem } from '../api/types'
import { backoff } from './backoff'
import { connection } from './connection'
import { Signal } from './emitter'
import { kept } from './kept'

interface Common {
  client_id: string
  person: Id
  made_at: string
  order: number
  state: 'pending' | 'failed'
  problem: Problem | null
  /** What goes along (files/uploads), and once all of it is on the server, what it is there. */
  uploads?: string[]
  files?: FileView[]
}
export interface MessageAct extends Common {
  kind: 'message'
  conversation: Id
  text: string
  mentions: MessageMentions
  reply_to: Id | null
  /** Missing in acts of earlier versions. */
  cards?: CarriedCard[]
  /** Its cards go also to who will see only their stubs. */
  anyway?: boolean
}
export interface ReceiptAct extends Common {
  kind: 'receipt'
  post: Id
  version: number
  /** Where one is asked for; a file's is made of what goes along. */
  answer?: AnswerInput | null
}
export interface ShareAct extends Common {
  kind: 'share'
  body: NewPost
  /** What the composer needs to open it again. */
  form: unknown
}
export interface CommentAct extends Common {
  kind: 'comment'
  post: Id
  text: string
  reply_to: Id | null
  /** Those of an older client's outbox have none. */
  cards?: CarriedCard[]
}
export type Act = MessageAct | ReceiptAct | ShareAct | CommentAct
export type NewAct =
  | Pick<MessageAct, 'kind' | 'conversation' | 'text' | 'mentions' | 'reply_to' | 'uploads' | 'cards'>
  | Pick<ReceiptAct, 'kind' | 'post' | 'version' | 'answer' | 'uploads'>
  | Pick<CommentAct, 'kind' | 'post' | 'text' | 'reply_to' | 'uploads' | 'cards'>
  /** With the id of an earlier try whose end is not known, so that it happens once. */
  | (Pick<ShareAct, 'kind' | 'body' | 'form' | 'uploads'> & { client_id?: string })

/** Carries one act to the server; resolves when it is safe there (and in the store), rejects with ApiProblem. */
export type Carrier = (act: Act) => Promise<void>

export function laneOf(act: Act): string {
  if (act.kind === 'share') return `share/${act.client_id}`
  if (act.kind === 'comment') return `comments/${act.post}`
  return act.kind === 'message' ? `conversation/${act.conversation}` : `post/${act.post}`
}

const TRIES = 4 // answers of 5xx and time-outs while the connection seems good, before the person is told

export class Outbox {
  /** Oldest first. */
  readonly acts = new Signal<readonly Act[]>([])
  private carrier: Carrier | null = null
  private person: Id | null = null
  private order = 0
  private readonly busy = new Set<string>()
  private readonly tries = new Map<string, number>()
  private readonly timers = new Set<ReturnType<typeof setTimeout>>()

  /** After sign-in: brings back what was not sent, and sends it. */
  async start(person: Id, carrier: Carrier): Promise<void> {
    this.person = person
    this.carrier = carrier
    const before = await kept.all(person)
    if (this.person !== person) return
    const known = new Set(this.acts.get().map((act) => act.client_id))
    this.acts.set([...before.filter((act) => !known.has(act.client_id)), ...this.acts.get()])
    this.flush()
  }

  /** The session ended: nothing is sent any more, nothing is forgotten. */
  stop(): void {
    this.person = null
    this.carrier = null
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
    this.tries.clear()
    this.acts.set([])
  }

  add(act: NewAct): Act {
    if (this.person === null) throw new ApiProblem({ status: 401, code: 'signed_out' })
    const whole: Act = {
      ...act,
      client_id: ('client_id' in act && act.client_id) || newId(),
      person: this.person,
      made_at: new Date().toISOString(),
      order: this.order++,
      state: 'pending',
      problem: null,
    }
    this.acts.set([...this.acts.get(), whole])
    void kept.save(whole)
    this.run(laneOf(whole))
    return whole
  }

  retry(clientId: string, more: Pick<MessageAct, 'anyway'> = {}): void {
    const act = this.change(clientId, { state: 'pending', problem: null, ...more })
    this.tries.delete(clientId)
    if (act) this.run(laneOf(act))
  }

  discard(clientId: string): void {
    const act = this.acts.get().find((a) => a.client_id === clientId)
    this.remove(clientId)
    if (act) this.run(laneOf(act))
  }

  /** What it waited for is there: kept, so that it is sent alike after a reload too. */
  completed(act: Act, files: FileView[]): void {
    const body = act.kind === 'share' ? { body: { ...act.body, files: files.map((file) => file.id) } } : {}
    this.change(act.client_id, { ...body, files })
  }

  /** The connection is good (again): everything pending goes, and what failed only for want of it. */
  flush(): void {
    for (const act of this.acts.get()) {
      if (act.state === 'failed' && act.problem && new ApiProblem(act.problem).isPassing) {
        this.change(act.client_id, { state: 'pending', problem: null })
        this.tries.delete(act.client_id)
      }
    }
    for (const lane of new Set(this.acts.get().map(laneOf))) this.run(lane)
  }

  /** Explicit sign-out after the warning. */
  async clear(): Promise<void> {
    const acts = this.acts.get()
    this.acts.set([])
    await Promise.all(acts.map((act) => kept.remove(act.client_id)))
  }

  private async run(lane: string): Promise<void> {
    const carrier = this.carrier
    if (!carrier || this.busy.has(lane)) return
    const act = this.acts.get().find((a) => laneOf(a) === lane)
    if (!act || act.state === 'failed') return
    this.busy.add(lane)
    try {
      await carrier(act)
      this.remove(act.client_id)
    } catch (error) {
      this.refused(act, asProblem(error))
    } finally {
      this.busy.delete(lane)
    }
    const first = this.acts.get().find((a) => laneOf(a) === lane)
    if (first && first.client_id !== act.client_id) void this.run(lane)
  }

  private refused(act: Act, problem: ApiProblem): void {
    if (this.carrier === null || problem.status === 401) return // waits for the next sign-in
    if (act.kind === 'receipt' && !problem.isPassing) {
      this.remove(act.client_id) // the rules answered; the card shows the state that is true now
      return
    }
    if (problem.isNetwork && connection.get() !== 'online') return // goes with the next flush
    const tries = (this.tries.get(act.client_id) ?? 0) + 1
    this.tries.set(act.client_id, tries)
    if (!problem.isPassing || tries >= TRIES) {
      this.change(act.client_id, { state: 'failed', problem: problem.problem })
      return
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      void this.run(laneOf(act))
    }, backoff(tries))
    this.timers.add(timer)
  }

  private change(clientId: string, fields: Partial<Common> & Pick<MessageAct, 'anyway'>): Act | undefined {
    let found: Act | undefined
    const acts = this.acts.get().map((act) => {
      if (act.client_id !== clientId) return act
      found = { ...act, ...fields }
      return found
    })
    this.acts.set(acts)
    if (found) void kept.save(found)
    return found
  }

  private remove(clientId: string): void {
    this.tries.delete(clientId)
    this.acts.set(this.acts.get().filter((act) => act.client_id !== clientId))
    void kept.remove(clientId)
  }
}

export const outbox = new Outbox()
