// The shapes of docs/wire.md, by hand until they are generated from OpenAPI. Used by every folder.

export type Id = number
export type Language = 'zh-Hans' | 'en'

export interface Person {
  id: Id
  name: string
  kind: 'employee' | 'external' | 'bot'
  title: string
  staff_number: string
  phone: string
  email: string
  department_ids: Id[]
  manager_id: Id | null
  state: 'invited' | 'active' | 'left'
}

export interface Department {
  id: Id
  name: string
  parent_id: Id | null
  path: string
}

export interface Audience {
  everyone: boolean
  departments: Id[]
  people: Id[]
}

export interface ReceiptsAsked {
  version: number
  due_at: string | null
  everyone: boolean
  departments: Id[]
  people: Id[]
}

export interface Post {
  id: Id
  kind: 'share'
  author_id: Id
  text: string
  version: number
  created_at: string
  edited_at: string | null
  audience: Audience
  mentions: { people: Id[]; departments: Id[] }
  receipts: ReceiptsAsked | null
}

export interface Receipt {
  post_id: Id
  version: number
  state: 'open' | 'done' | 'withdrawn' | 'left'
  asked_by: Id
  asked_at: string
  due_at: string | null
  done_at: string | null
}

export interface ReceiptAsk extends ReceiptsAsked {
  post_id: Id
  asked_by: Id
  asked_at: string
}

export interface ReceiptReminder {
  post_id: Id
  version: number
  at: string
  by: Id
}

export interface ReceiptsTally {
  post_id: Id
  version: number
  asked: number
  done: number
  read: number
  withdrawn: number
  left: number
}

export interface Conversation {
  id: Id
  kind: 'direct' | 'group'
  name: string
  people: Id[]
  member_count: number
  created_by: Id
  created_at: string
  version: number
}

export interface Membership {
  conversation_id: Id
  state: 'active' | 'removed'
  role: 'owner' | 'member'
  from_number: number
  to_number: number | null
  read_number: number
  mentioned_number: number
}

export interface MessageMentions {
  people: Id[]
  everyone: boolean
}

export interface Message {
  id: Id
  conversation_id: Id
  number: number
  kind: 'text' | 'system'
  author_id: Id
  client_id: string | null
  text: string
  mentions: MessageMentions
  reply_to: Id | null
  created_at: string
}

/** What the entity store holds, by kind. The id is the one the table of wire.md names (a receipt's is its post's). */
export interface Entities {
  person: Person
  department: Department
  post: Post
  receipt: Receipt
  receipt_ask: ReceiptAsk
  receipt_reminder: ReceiptReminder
  'tally/receipts': ReceiptsTally
  conversation: Conversation
  membership: Membership
  message: Message
}
export type Kind = keyof Entities

export type Put<K extends Kind = Kind> = { [P in K]: { op: 'put'; kind: P; id: Id; data: Entities[P] } }[K]
export interface Drop {
  op: 'drop'
  kind: Kind
  id: Id
}
export type Change = Put | Drop

export interface Envelope {
  seq: number
  type: string
  at: string
  actor: Id | null
  echo: string | null
  changes: Change[]
}

export interface List<T> {
  items: T[]
  next: string | null
  also?: Change[]
}

export interface Item<T> {
  item: T
  also?: Change[]
}

export interface Me {
  person: Person
  company: { name: string; language: Language; time_zone: string }
  language: Language | ''
  capabilities: Record<string, string[]>
}

export interface Todo {
  ref: { kind: string; id: Id }
  category: string
  title: string
  asked_by: Id
  asked_at: string
  due_at: string | null
  overdue: boolean
  state: 'open' | 'done' | 'withdrawn' | 'expired'
  reason: string | null
  source: { kind: string; id: Id }
}

export interface Bootstrap {
  cursor: string
  seq: number
  me: Me
  changes: Change[]
  posts: { ids: Id[]; next: string | null }
  conversations: { ids: Id[]; next: string | null }
  todos: Todo[]
}

export interface FieldProblem {
  field: string
  code: string
  detail: string
  params?: Record<string, string | number>
}

export interface Problem {
  type?: string
  title?: string
  status: number
  code: string
  detail?: string
  errors?: FieldProblem[]
  until?: string
  limit?: number
  used?: number
  next_step?: string
}

export interface Member {
  person_id: Id
  role: 'owner' | 'member'
  joined_at: string
}

export interface NewPost {
  kind: 'share'
  text: string
  audience: Audience
  mentions?: { people: Id[]; departments: Id[] }
  receipts: null | { departments: Id[]; people: Id[]; everyone: boolean; due_at: string | null }
}
export type PublishedPost = Post & { not_notified: { people: Id[]; departments: Id[] } }

export interface ReceiptRow {
  person_id: Id
  state: Receipt['state']
  read_at: string | null
  done_at: string | null
}
export interface ReceiptRows extends List<ReceiptRow> {
  names: 'all' | 'below' | 'none'
  counts: ReceiptsTally
}

export interface TodoCounts {
  total: number
  categories: Record<string, number>
}

export interface Invitation {
  name: string
  company: string
  login: string
}

export interface ImportRun {
  id: Id
  state: 'queued' | 'running' | 'done' | 'failed'
  dry_run: boolean
  file_name: string
  total: number
  done: number
  created: number
  updated: number
  unchanged: number
  refused: number
  problem: null | { code: string; detail: string; params?: Record<string, string | number> }
  links_shown: boolean
}

export interface ImportRow {
  row: number
  outcome: 'created' | 'updated' | 'unchanged' | 'refused'
  name: string
  staff_number: string
  person_id: Id | null
  changed: string[]
  errors: FieldProblem[]
}

export interface ImportLinks {
  items: { person_id: Id; name: string; staff_number: string; link: string }[]
  expires_at: string
}
