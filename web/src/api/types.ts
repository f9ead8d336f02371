// The client's names for the server's shapes (`generated.ts`), and what a schema cannot say. Used by every folder.

import type { RecordRow } from '../crm/wire'
import type * as S from './generated'

export type Id = number
export type Language = 'zh-Hans' | 'en'

export type Person = S.PersonView

export type Department = S.DepartmentView

export type Delegation = S.DelegationView

export type Absence = S.AbsenceView

export type CalendarYear = S.CalendarYear

export type CalendarDay = S.CalendarDayView

export type WorkingWeek = S.WorkingWeekView

export type Audience = S.AudienceView

export type ReceiptsAsked = S.ReceiptsView

export type FileView = S.FileView
export type UploadView = S.UploadView
export type PreviewView = S.PreviewView
export type BlockView = S.BlockView

export type CarriedCard = S.CarriedCard
export type CardView = S.CardView
export type Trace = S.TraceView
export type Traces = Omit<S.Traces, 'also'> & { also: Change[] }

/** What the log kept from before files and cards existed has none. */
/** Missing in rows of the log from before there were kinds. */
type WithKind<T> = Omit<T, 'title' | 'details' | 'poll' | 'topics' | 'table' | 'urgent'> & Partial<Pick<T, Extract<keyof T, 'title' | 'details' | 'poll' | 'topics' | 'table' | 'urgent'>>>
type WithFiles<T> = Omit<T, 'files' | 'cards'> & { files?: FileView[]; cards?: CarriedCard[] }

export type Post = WithKind<WithFiles<S.PostView>>

export type Receipt = S.ReceiptView
export type Question = NonNullable<ReceiptsAsked['question']>
export type ReceiptAnswer = NonNullable<Receipt['answer']>
export type AnswerInput = NonNullable<S.GivenReceipt['answer']>
export type AnswersView = S.AnswersView

export type ReceiptAsk = S.AskView

export type ReceiptReminder = S.ReminderView

export type ReceiptsTally = S.TallyView
export type LadderPanel = Omit<S.LadderPanel, 'also'> & { also: Change[] }
export type LadderComing = S.ComingView
export type LadderStep = S.StepRow
export type LadderTimes = S.PlanView

export type Conversation = S.ConversationView

export type Membership = S.MembershipView

export type MessageMentions = S.MessageMentions

export type Message = WithFiles<S.MessageView>

export type Comment = WithFiles<S.CommentView>
export type WrittenComment = S.WrittenComment
export type PostVersion = S.PostVersionView
export type Reach = Omit<S.Reach, 'also'> & { also: Change[] }
export type PostPaper = S.PostPaper
export type PaperPerson = S.PaperPerson
export type CommentVersion = S.CommentVersionView
export type LikeRow = S.LikeRow

export type Hit = S.HitView

export type Company = S.Profile

export type JoinRequest = S.JoinRequestView

export type Ref = S.Ref

/** Missing in rows of the log from before anything was urgent. */
export type Notice = Omit<S.NoticeView, 'urgent'> & Partial<Pick<S.NoticeView, 'urgent'>>

export type Reminder = S.TimedReminder

export type Preferences = S.PreferencesView

/** What the entity store holds, by kind. The id is the one the table of wire.md names (a receipt's is its post's). */
export interface Entities {
  person: Person
  department: Department
  post: Post
  receipt: Receipt
  receipt_ask: ReceiptAsk
  receipt_reminder: ReceiptReminder
  'tally/receipts': ReceiptsTally
  'tally/ladder': S.LadderTally
  conversation: Conversation
  membership: Membership
  message: Message
  /** My own: what my roles add up to since they changed. */
  rights: S.RightsView
  company: Company
  join_request: JoinRequest
  delegation: Delegation
  calendar: CalendarYear
  working_week: WorkingWeek
  notice: Notice
  inbox: S.InboxView
  reminder: Reminder
  'todo/reminder': Todo
  /** Somebody asks to see a record that I lead. */
  'todo/access': Todo
  /** Whom I lead or stand in for has not confirmed; its id is the post's. */
  'todo/missing_receipt': Todo
  'todo/instruction': Todo
  'todo/task': Todo
  'todo/schedule': Todo
  'todo/log': Todo
  /** What logs ask for; and their scores, to the writer and whom one was handed in to. */
  log_template: S.LogTemplateView
  log_scores: S.LogScores
  /** My own answer to an instruction. */
  instruction: S.InstructionReply
  'tally/instruction': S.InstructionTally
  /** My own invitation to a schedule item. */
  invitation: S.ScheduleInvitation
  'tally/schedule': S.ScheduleTally
  comment: Comment
  'tally/comments': S.CommentsTally
  'tally/likes': S.LikesTally
  'tally/comment_likes': S.CommentLikesTally
  /** My own likes, and what I chose about following. */
  like: S.LikeView
  comment_like: S.LikeView
  follow: S.FollowView
  topic: S.OfficialTopicView
  sticker: S.StickerView
  prepared_table: S.PreparedTableView
  /** Of the table of a post that is in view, or mine. */
  table_row: S.TableRowView
  'tally/table': S.TableTally
  'tally/poll': S.PollTally
  /** My own vote; of an anonymous one only that I voted. */
  vote: S.VoteView
  /** What I noted on a post for myself. */
  favourite: S.MarkView
  hidden: S.MarkView
  /** Records, pushed thin; and the rows that this client fetched (`crm/rows.ts`). */
  [record: `record/${string}`]: S.RecordMark
  [row: `row/${string}`]: RecordRow
  record_list: S.RecordListMark
  record_kinds: S.RecordKindsMark
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

export type Me = S.MeView

export type Todo = S.TodoView

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
  /** How many stand in the way. */
  count?: number
  next_step?: string
  /** Why in this case: `problem.CODE.REASON` has the words. */
  reason?: string
  /** Half of a sign-in: goes with the code. */
  step?: string
  /** Of `locked`: who did it, and when. */
  name?: string
  locked_at?: string
}

export type Member = S.MemberView

export interface NewPost {
  kind: string
  title?: string
  /** What the kind asks for. */
  details?: Record<string, unknown> | null
  text: string
  audience: Audience
  mentions?: { people: Id[]; departments: Id[] }
  receipts: null | NewReceipts
  files?: Id[]
  cards?: Ref[]
  poll?: S.PollInput | null
  table?: S.TableInput | null
}
export interface NewReceipts {
  departments: Id[]
  people: Id[]
  everyone: boolean
  due_at: string | null
  by_deputy: boolean
  bound?: boolean
  question?: Question | null
}
export type PublishedPost = WithKind<WithFiles<S.PublishedPost>>

export type ReceiptRow = S.ReceiptRow
export interface ReceiptRows extends List<ReceiptRow> {
  names: 'all' | 'below' | 'none'
  counts: ReceiptsTally
  answers: AnswersView | null
}

export type TodoCounts = S.Counts

export type Invitation = S.InvitationView

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
  departments: 'create' | 'refuse'
  new_departments: string[]
  new_department_count: number
  missing: number
  rows_until: string
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
  items: { person_id: Id; name: string; staff_number: string; link: string; mailed: boolean }[]
  expires_at: string
}

export type SingleLink = S.LinkView
export type Invited = S.InvitedView
export type Place = Required<S.Place>
export type JoinLink = S.JoinLinkView
export type JoinAnswer = S.AnswerView
export type ResetWay = S.ResetWay
export type StartState = S.StartView
