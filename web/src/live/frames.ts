// The frames of GET /api/live, as docs/wire.md tells them.
import type { Change, Envelope, Id, MessageMentions, Problem } from '../api/types'

export interface Ref {
  kind: string
  id: Id
}

export type Outcome = 'nothing_missed' | 'replay' | 'reset'

export type ServerFrame =
  | { op: 'ready'; outcome: Outcome; cursor: string }
  | { op: 'events'; events: Envelope[]; seq: number; cursor: string }
  | { op: 'beat'; cursor: string }
  | { op: 'typing'; conversation: Id; person: Id }
  | { op: 'watching'; ref: Ref; seq: number; changes: Change[] }
  | { op: 'resync'; cursor?: string }
  | { op: 'sent'; client_id: string; conversation: Id; id: Id; number: number; seq: number }
  | { op: 'refused'; client_id: string; problem: Problem }
  | { op: 'error'; code: string; field?: string; detail?: string; ref?: Ref }

export type ClientFrame =
  | { op: 'hello'; cursor: string }
  | {
      op: 'send'
      conversation: Id
      client_id: string
      text: string
      mentions: MessageMentions
      reply_to: Id | null
      files: Id[]
      cards: Ref[]
      anyway: boolean
    }
  | { op: 'typing'; conversation: Id }
  | { op: 'read'; conversation: Id; number: number }
  | { op: 'watch'; ref: Ref }
  | { op: 'unwatch'; ref: Ref }
