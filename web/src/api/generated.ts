// Generated from the server's typed shapes by `python -m server types`. Do not edit; a test holds both together.

export interface AboutInput {
  kind: string
  id: number
}

export interface AboutMe {
  about: string
}

/** Only what is given changes. */
export interface AbsenceChange {
  from_day?: string
  to_day?: string
  deputy_id?: number | null
  reason?: 'other' | 'sick' | 'travel' | 'vacation'
}

/** Days of the company's time zone, both included. `reason` is null for colleagues: it is between the person and those above. */
export interface AbsenceView {
  id: number
  person_id: number
  from_day: string
  to_day: string
  deputy_id: number | null
  reason: 'other' | 'sick' | 'travel' | 'vacation' | null
}

/** My question. `reason`: why not, where it was refused. */
export interface AccessAsked {
  id: number
  state: 'granted' | 'open' | 'refused' | 'withdrawn'
  asked_at: string
  reason: string
}

/** `outcome`: day, month, team, refused. */
export interface AccessDecided {
  id: number
  state: 'granted' | 'open' | 'refused' | 'withdrawn'
  outcome: string
}

/** How many devices are signed in and how many tokens work; whether a second factor is on. */
export interface AccessView {
  devices: number
  tokens: number
  second_factor: boolean
}

/** How many came in. */
export interface Added {
  added: number
}

/** A capability and why; without grants, no role gives it. */
export interface Allowed {
  capability: string
  grants: Grant[]
}

/** The sum of a money field, over the records on which I see it in clear. */
export interface Amount {
  field: string
  sum: string
  currency: string
}

/** `effective_at` left out: at once; `expires_at` left out: never. */
export interface AnnouncementInput {
  pinned?: boolean
  effective_at?: string | null
  expires_at?: string | null
}

/** Null: effective with its publication, never expiring. Expired ones stay readable and stand out no longer. */
export interface AnnouncementView {
  kind: 'announcement'
  pinned: boolean
  effective_at: string | null
  expires_at: string | null
}

/** What the asker may know. `reason` is what the administrator wrote with a refusal. */
export interface AnswerView {
  state: 'approved' | 'pending' | 'refused'
  company: string
  name: string
  login: string
  reason: string
}

/** What those answered whose names the reader sees (N7). `chosen` counts each choice; `sum`, `least`, `most` are of numbers. */
export interface AnswersView {
  answered: number
  chosen: number[]
  sum: number | null
  least: number | null
  most: number | null
}

/** `login` is a phone number or an e-mail address; with it and `password` one signs in once let in. */
export interface Ask {
  name: string
  login: string
  password: string
  note?: string
  language?: 'en' | 'zh-Hans'
}

/** `mail` sends it to the person's address as well, where a mail server is set. */
export interface AskLink {
  mail?: boolean
}

/** `replace` makes new links and the earlier ones useless; `mail` sends them to who has an address. */
export interface AskLinks {
  replace?: boolean
  mail?: boolean
}

/** The asking itself, only in events: from it each client knows whether it is asked. */
export interface AskView {
  post_id: number
  version: number
  asked_by: number
  asked_at: string
  due_at: string | null
  departments: number[]
  people: number[]
  everyone: boolean
}

/** `token` belongs to the asker's page alone; only its hash is kept. */
export interface AskedView {
  token: string
}

export interface AudienceInput {
  everyone?: boolean
  departments?: number[]
  people?: number[]
}

export interface AudienceView {
  everyone: boolean
  departments: number[]
  people: number[]
}

/** Which entries to take along; `{}` for all. */
export interface AuditExport {
  filter: AuditFilter
}

/** `act` is a whole act or its noun; `since` inclusive, `until` exclusive. */
export interface AuditFilter {
  person?: number | null
  behalf?: number | null
  act?: string
  object_kind?: string
  object_id?: number | null
  since?: string | null
  until?: string | null
}

export interface AuditObject {
  kind: string
  id: number
}

/** Newest first. `acts`: every kind of act in the log, for the filter (first page only). */
export interface AuditPage {
  items: AuditView[]
  next: string | null
  seal: SealView
  acts: string[]
}

/** `act` is noun.verb_in_the_past; `behalf_id` for whom somebody acted; `sealed` its number in the chain, once it has one. */
export interface AuditView {
  id: number
  at: string
  act: string
  actor_id: number | null
  behalf_id: number | null
  object: AuditObject
  reason: string
  details: Record<string, unknown>
  address: string
  device: string
  seq: number | null
  sealed: number | null
}

/** Away on these days of the company's time zone, both included. Whether it is so today, the reader tells by the date. */
export interface AwayView {
  from_day: string
  to_day: string
  deputy_id: number | null
}

/** A piece of what is read in a document. `page`: slide `number` begins, or a PDF's page, whose picture measures `width` × `height`. */
export interface BlockView {
  kind: 'heading' | 'item' | 'markdown' | 'page' | 'paragraph' | 'table' | 'text'
  text: string
  level: number
  rows: string[][]
  number: number
  width: number
  height: number
}

/** All columns, empty ones too, in the order of the declaration. */
export interface Board {
  by: string
  columns: BoardColumn[]
}

/** `code` null: what has no such value. `sums`: of what I see in clear; a field of which I see nothing here is absent. */
export interface BoardColumn {
  code: string | null
  count: number
  sums: Record<string, string>
}

/** `me`, `posts`, `conversations`, `todos` and `notices` come from the domains (docs/wire.md). */
export interface Bootstrap {
  cursor: string
  seq: number
  changes: (Put | Drop)[]
  me: unknown
  posts: unknown
  conversations: unknown
  todos: unknown
  notices: unknown
}

/** Somebody else than the first administrator. */
export interface Boss {
  name: string
  login: string
}

/** A robot: a person of kind bot, what it is for, who answers for it, how many tokens work. */
export interface BotView {
  id: number
  name: string
  purpose: string
  owner_id: number
  owner_name: string
  created_at: string
  is_retired: boolean
  tokens: number
}

export interface BulkDone {
  done: number
  refused: BulkRefused[]
}

/** `ids`, or what `view`, `filter` and `q` match. What else is needed depends on `act`: owner (`owner`, `reason`, `keep`), set */
export interface BulkInput {
  act: 'owner' | 'set' | 'star' | 'team' | 'unstar' | 'void'
  ids?: number[] | null
  view?: string
  filter?: unknown[]
  q?: string
  owner?: number | null
  reason?: string
  keep?: 'none' | 'read' | 'write'
  field?: string
  value?: unknown
  person?: number | null
  role?: 'after_sales' | 'co_follower' | 'member'
  access?: 'read' | 'write'
}

/** Why one was left as it is: the code that the act alone is refused with, and its `reason` where it has one. `title` is empty where */
export interface BulkRefused {
  id: number
  title: string
  code: string
  reason: string
}

/** A day that is not what its weekday says, or bears a name. `code` names a state holiday; `name` is the company's word. */
export interface CalendarDayView {
  day: string
  kind: 'holiday' | 'workday'
  source: 'company' | 'state'
  code: string
  name: string
  state: '' | 'holiday' | 'workday'
}

/** `published`: the state's arrangement of this year is known here; it is from `known_from` to `known_to`, read from `source`. */
export interface CalendarYear {
  year: number
  published: boolean
  known_from: number
  known_to: number
  source: string
  days: CalendarDayView[]
}

/** `connected` is null until its caller said so. */
export interface CallView {
  id: number
  at: string
  actor: number
  field: string
  connected: boolean | null
}

/** `field`: in which the number stands. */
export interface Caller {
  field: string
  row: RecordView
}

export interface Callers {
  items: Caller[]
  also: (Put | Drop)[]
}

/** A company to choose. `ref` is the registry's own name for it, `place` a town or country. */
export interface Candidate {
  ref: string
  name: string
  credit_code: string
  status: string
  place: string
}

/** `state`: off (none is chosen), ready, or unavailable (it does not answer: go on without). */
export interface Candidates {
  state: 'off' | 'ready' | 'unavailable'
  provider: string
  items: Candidate[]
}

/** `scopes` from the narrowest to the widest. */
export interface CapabilityView {
  name: string
  scopes: string[]
}

/** A field that a card showed and that is another one now; both as in a row for this viewer. */
export interface CardChange {
  field: string
  from: unknown
  to: unknown
}

/** `known`: what the card showed was kept; otherwise there is nothing to compare with. `also` brings the persons named. */
export interface CardChanges {
  known: boolean
  items: CardChange[]
  also: (Put | Drop)[]
}

/** Of those who will see the post `blind` will see only the stub of this card, `people` are the first of them. Null: this cannot be */
export interface CardReach {
  kind: string
  id: number
  blind: number | null
  people: number[]
  partly: ClassReach[]
  may_grant: boolean
}

/** `restricted`: it is there or not, this person may not see it, and everything else is empty, but `state` and `shown` may say what */
export interface CardView {
  kind: string
  id: number
  restricted: boolean
  title: string
  subtitle: string
  person_id: number | null
  at: string | null
  state: string
  version: number
  within: Ref | null
  number: number | null
  sort: string
  shown: Record<string, unknown>
  urgent: boolean
  buttons: string[]
}

/** `version` is the thing's when it was attached: a card of a later one has changed since. */
export interface CarriedCard {
  kind: string
  id: number
  version: number
}

export interface ChangePassword {
  old_password: string
  password: string
}

/** Files and cards stay as they are. */
export interface ChangedComment {
  version: number
  text: string
}

/** `version` is the post's that was changed; `text` is what was written besides the fields. */
export interface ChangedLog {
  version: number
  values: Record<string, string>
  text?: string
}

/** `version` is the one that was changed; what is left out stays as it is. `confirm_again`: who had confirmed is asked anew (N4). `poll` */
export interface ChangedPost {
  version: number
  text: string
  confirm_again?: boolean
  title?: string | null
  poll?: PollInput | null
  files?: number[] | null
  cards?: RefInput[] | null
  audience?: AudienceInput | null
  release?: boolean
  details?: Record<string, unknown> | null
}

/** All of it; `version` is the one that was changed. */
export interface ChangedPreparedTable {
  version: number
  name: string
  columns: ColumnInput[]
  note?: string
}

/** `merged`: fields that others changed meanwhile and that stay (W25). */
export interface ChangedRecord {
  item: RecordView
  also: (Put | Drop)[]
  merged: string[]
}

/** `version` is the one of the row that was changed. */
export interface ChangedRow {
  version: number
  cells: string[]
}

/** All of it; `version` is the one that was changed. `is_active` false: no longer offered. */
export interface ChangedTemplate {
  version: number
  name: string
  due_days: number
  fields: FieldInput[]
  is_active: boolean
}

export interface ChangedTopic {
  version: number
  name: string
}

/** Places in the question's `choices`, from 0, rising. */
export interface ChoiceAnswer {
  type: 'choice'
  chosen: number[]
}

/** One of the choices, or with `several` any number of them but none. */
export interface ChoiceQuestion {
  type: 'choice'
  text: string
  choices: string[]
  several?: boolean
}

export interface ChoiceView {
  code: string
  words: Record<string, string>
  tone: string
}

/** `code` of one that is there already; none for a new one. */
export interface ChoiceWords {
  words: Record<string, string>
  code?: string
}

/** A company of a registry; the one that is kept already: ask for it again. */
export interface Chosen {
  provider: string
  ref: string
}

/** Of those who will see the card `people` do not see its fields of this class in clear. */
export interface ClassReach {
  class: string
  people: number
}

export interface Code {
  code: string
}

/** `choices` of a choice, `unit` behind a number. */
export interface ColumnInput {
  title: string
  type: 'choice' | 'date' | 'number' | 'person' | 'text' | 'yes_no'
  required?: boolean
  choices?: string[]
  unit?: string
}

/** None: as they are declared. */
export interface Columns {
  columns: string[]
}

export interface ComingPerson {
  person_id: number
  told_id: number
}

/** What comes at a time: a step about so many, the first few by name. */
export interface ComingView {
  step: 'deputy' | 'manager' | 'nudge'
  at: string
  count: number
  people: ComingPerson[]
}

export interface CommentLikesTally {
  comment_id: number
  likes: number
}

/** What a comment said in an earlier version. */
export interface CommentVersionView {
  version: number
  text: string
  at: string
}

/** A comment, the same for all readers. `by_id` wrote it for the author. With `deleted_by` it is a stub: no words, no files, */
export interface CommentView {
  id: number
  post_id: number
  number: number
  author_id: number
  by_id: number | null
  client_id: string
  text: string
  mentions: PostMentions
  reply_to: number | null
  files: FileView[]
  cards: CarriedCard[]
  version: number
  created_at: string
  edited_at: string | null
  deleted_by: number | null
}

/** How many comments a post has (deleted ones do not count), and the number of its newest, deleted or not. */
export interface CommentsTally {
  post_id: number
  comments: number
  last_number: number
}

/** `sha256` in hex of what was sent, where the client could work it out. */
export interface Completion {
  sha256?: string
}

/** Shared by all members: holds no unread count and nothing private. */
export interface ConversationView {
  id: number
  kind: 'direct' | 'group'
  name: string
  people: number[]
  member_count: number
  created_by: number
  created_at: string
  version: number
}

/** `total` is the badge. */
export interface Counts {
  total: number
  categories: Record<string, number>
}

export interface CustomFieldView {
  id: number
  kind: string
  name: string
  type: 'address' | 'choice' | 'choices' | 'date' | 'department' | 'email' | 'files' | 'flag' | 'long_text' | 'money' | 'number' | 'percent' | 'person' | 'phone' | 'text' | 'time' | 'url'
  words: Record<string, string>
  class: 'basic' | 'contact' | 'financial' | 'identity' | 'internal'
  required: boolean
  choices: ChoiceView[]
  position: number
  retired: boolean
  version: number
}

/** `until` makes it a range; a holiday needs a name. */
export interface DayChange {
  kind: 'holiday' | 'workday'
  name?: string
  until?: string | null
}

/** Letting in says where the person sits, refusing why; the asker reads the reason. */
export interface Decision {
  decision: 'approve' | 'refuse'
  place?: Place
  reason?: string
}

/** `reason` goes with `refused`. */
export interface DecisionInput {
  choice: 'day' | 'month' | 'refused' | 'team'
  reason?: string
}

/** `to_day` null: until it is ended. Days of the company's time zone, both included. Dead from `ended_at` on. */
export interface DelegationView {
  id: number
  principal_id: number
  deputy_id: number
  from_day: string
  to_day: string | null
  kinds: ('post' | 'receipts' | 'todos')[]
  created_by: number
  ended_by: number | null
  is_ended: boolean
}

/** Fields left out stay. `version` is the one that was seen; `position` counts from 0 among the siblings. */
export interface DepartmentChange {
  version: number
  name?: string
  parent_id?: number | null
  position?: number
  heads?: number[]
}

/** A mentioned department, of whose people so many will not see the post. */
export interface DepartmentOutside {
  id: number
  outside: number
}

/** `heads` are persons who sit in it; `position` orders siblings. A removed one keeps its name for what was addressed to it. */
export interface DepartmentView {
  id: number
  name: string
  parent_id: number | null
  path: string
  position: number
  heads: number[]
  state: 'active' | 'removed'
  version: number
}

export interface Descendant {
  id: number
  title: string
  parent: number
  depth: number
}

/** A place where somebody is signed in. `is_this`: the one that asks. */
export interface DeviceView {
  id: number
  kind: 'desk' | 'phone' | 'program' | 'tablet'
  system: string
  browser: string
  address: string
  how: 'link' | 'openid' | 'password'
  created_at: string
  last_seen_at: string
  expires_at: string
  is_this: boolean
}

export interface Dialled {
  field: string
}

/** This entity is gone for the reader. */
export interface Drop {
  op: 'drop'
  kind: string
  id: number
}

/** `record`: of this one; null: of everything that is like it in `field`. */
export interface DuplicateAnswer {
  field: string
  verdict: 'different' | 'same'
  reason: string
  record?: number | null
}

/** A key that an administrator may make hard; `fields` by name. `shared`: how many of its values several records have, counted up to */
export interface DuplicateKeyView {
  kind: string
  key: string
  fields: string[]
  is_hard: boolean
  shared: number
}

export interface DuplicateOther {
  id: number
  title: string
}

/** `except`: the record that is being changed. */
export interface DuplicateQuestion {
  fields: Record<string, unknown>
  except?: number | null
}

/** `hard`: the keys that are hard, as `kind.key`; the others only warn. */
export interface DuplicateSettingInput {
  names_owner: boolean
  hard: string[]
}

export interface DuplicateSettingView {
  names_owner: boolean
  keys: DuplicateKeyView[]
  limit: number
}

/** `record` was kept although something is like it in `field`: `other`, null where I may not read it. */
export interface DuplicateVerdictView {
  id: number
  record: DuplicateOther
  field: string
  verdict: 'different' | 'same'
  reason: string
  at: string
  person: number
  other: DuplicateOther | null
}

/** Something is like it in `field`. `strength` hard: it cannot be saved; soft: with a verdict. `record` is null where I may not read */
export interface DuplicateView {
  field: string
  strength: 'hard' | 'soft'
  record: RecordView | null
  owner: number | null
}

/** Empty: nothing is like it. */
export interface Duplicates {
  items: DuplicateView[]
  also: (Put | Drop)[]
}

/** A receipt that was given on a version which the author then had confirmed again. */
export interface EarlierRow {
  person_id: number
  confirmed: number
  done_at: string
  by_id: number | null
}

/** `state`: queued, loading, ready, failed (`problem`: encoding, no_name_column, empty, not_there, too_long), replaced. `refused`: lines */
export interface EditionView {
  id: number
  file_name: string
  state: string
  rows: number
  refused: number
  problem: string
  created_at: string
}

export interface EndedView {
  ended: number
}

/** Shown until confirmed. `qr` is a picture of `uri` as a data address. */
export interface EnrolmentView {
  secret: string
  uri: string
  qr: string
}

/** The numbered fact as every client receives it. */
export interface Envelope {
  seq: number
  type: string
  at: string
  actor: number | null
  echo: string | null
  changes: (Put | Drop)[]
}

/** `above`: from the top down to the one it hangs below, as far as I may read; `below` every record further down that I may read, with */
export interface Family {
  above: FamilyMember[]
  below: Descendant[]
  is_whole: boolean
  counts: FamilyCount[]
  followups: number
}

/** Records of `kind` that belong to one of the family. */
export interface FamilyCount {
  kind: string
  count: number
  sums: Amount[]
}

/** `title` is null where I may not read it. */
export interface FamilyMember {
  id: number
  title: string | null
}

/** `address` only in the answer that made it; `made_at` null: there is none. */
export interface FeedView {
  address: string
  made_at: string | null
}

/** What is missing stays. */
export interface FieldChange {
  version: number
  words?: Record<string, string> | null
  class?: 'basic' | 'contact' | 'financial' | 'identity' | 'internal' | null
  required?: boolean | null
  choices?: ChoiceWords[] | null
  position?: number | null
  retired?: boolean | null
}

/** One wrong field. `params` are the values that the client's translated sentence names. */
export interface FieldError {
  field: string
  code: string
  detail: string
  params: Record<string, unknown>
}

/** `key` left out: a new field. `choices` of a choice, `unit` behind a number, `hint` while it is empty. */
export interface FieldInput {
  title: string
  type: 'choice' | 'number' | 'text'
  key?: number | null
  required?: boolean
  choices?: string[]
  unit?: string
  hint?: string
}

/** `of`: how many records have a value that I see in clear; `sum` is null for percents, both are null where `of` is 0. */
export interface FieldTotal {
  field: string
  of: number
  sum: string | null
  average: string | null
}

/** A field of a kind. `duplicates`: another record with the same is refused (hard), or asked about (soft). */
export interface FieldView {
  name: string
  type: string
  words: Record<string, string>
  help: Record<string, string> | null
  class: string
  required: boolean
  readonly: boolean
  computed: boolean
  by_act: boolean
  system: boolean
  custom: boolean
  duplicates: '' | 'hard' | 'soft'
  choices: ChoiceView[]
  link: string | null
  max_length: number | null
  decimals: number | null
  unit: Record<string, string> | null
  currency: string | null
  lines: LineColumnView[]
  can_filter: boolean
  can_sort: boolean
  operators: string[]
  follows_from: string[]
}

export interface FileAnswer {
  type: 'file'
  file: FileView
}

/** An upload of the answering person's own. */
export interface FileInput {
  type: 'file'
  file: number
}

/** One file. */
export interface FileQuestion {
  type: 'file'
  text: string
}

/** A file where it hangs. `size` in bytes; `width` and `height` in pixels, of pictures only. */
export interface FileView {
  id: number
  name: string
  kind: 'archive' | 'audio' | 'document' | 'pdf' | 'picture' | 'sheet' | 'slides' | 'text' | 'video'
  size: number
  width: number | null
  height: number | null
}

/** A field as it was asked for at that time, and what was filled in («» for nothing). */
export interface FilledField {
  key: number
  title: string
  type: 'choice' | 'number' | 'text'
  required: boolean
  choices: string[]
  unit: string
  value: string
}

/** Whether who reads the post fills in rows too. */
export interface Filling {
  by_readers: boolean
}

/** What the reader chose about a post; its id on the wire is the post's. `follows` false: not to be told of it any more. */
export interface FollowView {
  post_id: number
  follows: boolean
}

export interface FollowupRuleInput {
  least: number
}

/** `least`: so many letters or digits; a picture, a film or a document does without. */
export interface FollowupRuleView {
  least: number
}

/** `by`: who pressed, when for another. `counts`: it moved the record's clock. `post`: the sales record that says it; `closed`: one */
export interface FollowupView {
  id: number
  at: string
  actor: number
  by: number | null
  sort: 'call' | 'installation' | 'online' | 'other' | 'training' | 'visit'
  text: string
  counts: boolean
  post: number | null
  files: FileView[]
  closed: boolean
}

export interface Forgot {
  login: string
}

/** `answer` where the receipt asks a question. */
export interface GivenReceipt {
  version: number
  answer?: ChoiceAnswer | NumberAnswer | FileInput | null
}

/** Through which role, and over whom. */
export interface Grant {
  scope: string
  role_id: number
}

/** `names`: all (author, invited), below (a manager's people), none (counts only). */
export interface GuestPanel {
  names: 'all' | 'below' | 'none'
  counts: ScheduleTally
  items: GuestRow[]
  also: (Put | Drop)[]
}

/** `earlier`: answered for an earlier time. `word` is empty for all but the author and who said it. */
export interface GuestRow {
  person_id: number
  state: 'answered' | 'ended' | 'left' | 'open'
  answer: '' | 'accepted' | 'declined' | 'tentative'
  earlier: boolean
  word: string
  answered_at: string | null
}

/** `open`: not handed in and still in time; `off`: not asked, because none of its days was a working day of theirs. */
export interface HandInCounts {
  on_time: number
  late: number
  missing: number
  open: number
  off: number
}

/** Of the people below the reader. `due`: the last day in time; `remind_at`: when a reminder reaches somebody, null: now or nobody. */
export interface HandInPanel {
  template_id: number
  period: string
  until: string
  due: string
  counts: HandInCounts
  items: HandInRow[]
  remind_at: string | null
  next: string | null
  also: (Put | Drop)[]
}

/** `post_id` only where the reader may read it; `reminded_at`: when this person was last called for it. */
export interface HandInRow {
  person_id: number
  state: 'late' | 'missing' | 'off' | 'on_time' | 'open'
  at: string | null
  post_id: number | null
  reminded_at: string | null
}

export interface HandoverItem {
  kind: string
  count: number
}

/** `refusal`: why this person cannot leave (`oneself`, `left_already`, `last_editor`) or an empty text. */
export interface HandoverPlan {
  person_id: number
  refusal: string
  manager_id: number | null
  items: HandoverItem[]
}

export interface HeldRole {
  role_id: number
  code: string
  name: string
  given: boolean
  automatic: boolean
}

/** A found thing as this person may see it. `conversation_id` or `post_id`, and `number`, say where a message or comment stands, */
export interface HitView {
  kind: string
  id: number
  at: string
  author_id: number
  snippet: Snippet
  conversation_id: number | null
  number: number | null
  post_id: number | null
  on: Ref | null
  state: string
}

/** `automatic`: because of reports or a department; `given`: by somebody. */
export interface HolderView {
  person_id: number
  given: boolean
  automatic: boolean
}

export interface ImportAccepted {
  id: number
}

/** Shown once; only its hash is kept. `mailed`: also on its way to the person's address. */
export interface ImportLink {
  person_id: number
  name: string
  staff_number: string
  link: string
  mailed: boolean
}

export interface ImportLinks {
  items: ImportLink[]
  expires_at: string
}

/** Why the whole file was refused. `params` are the values that the client's translated sentence names. */
export interface ImportProblem {
  code: string
  detail: string
  params: Record<string, string | number>
}

/** `row` is the line in the sheet. Errors of a row that is not refused tell what could not be done with it in the end. */
export interface ImportRowView {
  row: number
  outcome: 'created' | 'refused' | 'unchanged' | 'updated'
  name: string
  staff_number: string
  person_id: number | null
  changed: string[]
  errors: FieldError[]
}

/** Notices up to `read_id` have been read. */
export interface InboxView {
  read_id: number
}

export interface InstructionAnswer {
  state: 'done' | 'received'
}

/** Whom it is addressed to has to do it. */
export interface InstructionInput {
  due_at?: string | null
}

/** `names`: all (who asked), below (a manager's people), none (counts only). */
export interface InstructionPanel {
  names: 'all' | 'below' | 'none'
  counts: InstructionTally
  items: InstructionRow[]
  next: string | null
  also: (Put | Drop)[]
}

/** The reader's own answer; its id on the wire is the post's. */
export interface InstructionReply {
  post_id: number
  state: 'done' | 'left' | 'open' | 'received' | 'withdrawn'
  received_at: string | null
  done_at: string | null
}

export interface InstructionRow {
  person_id: number
  state: 'done' | 'left' | 'open' | 'received' | 'withdrawn'
  received_at: string | null
  done_at: string | null
}

/** `asked` = not yet received + received + done; `received` are those who have not done it yet. */
export interface InstructionTally {
  post_id: number
  asked: number
  received: number
  done: number
}

/** What all its readers see: who is where they do not. */
export interface InstructionView {
  kind: 'instruction'
  due_at: string | null
}

/** `sequence` is the one of the item that was before the eyes of who answers. */
export interface InvitationAnswer {
  answer: 'accepted' | 'declined' | 'tentative'
  sequence: number
  word?: string
}

/** Whom a link is for. */
export interface InvitationView {
  name: string
  company: string
  login: string
}

/** `invitation` is null when the same request is repeated: the link was shown already. */
export interface InvitedView {
  person: PersonView
  invitation: LinkView | null
}

/** One entity with the others that belong to it. */
export interface ItemCalendarYear {
  item: CalendarYear
  also: (Put | Drop)[]
}

/** One entity with the others that belong to it. */
export interface ItemCommentView {
  item: CommentView
  also: (Put | Drop)[]
}

/** One entity with the others that belong to it. */
export interface ItemConversationView {
  item: ConversationView
  also: (Put | Drop)[]
}

/** One entity with the others that belong to it. */
export interface ItemPostView {
  item: PostView
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsAbsenceView {
  items: AbsenceView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsBotView {
  items: BotView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsCapabilityView {
  items: CapabilityView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsCardView {
  items: CardView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsCommentVersionView {
  items: CommentVersionView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsCommentView {
  items: CommentView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsConversationView {
  items: ConversationView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsCustomFieldView {
  items: CustomFieldView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsDelegationView {
  items: DelegationView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsDepartmentView {
  items: DepartmentView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsDeviceView {
  items: DeviceView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsDuplicateVerdictView {
  items: DuplicateVerdictView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsEditionView {
  items: EditionView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsFollowupView {
  items: FollowupView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsHitView {
  items: HitView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsHolderView {
  items: HolderView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsImportRowView {
  items: ImportRowView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsJoinRequestView {
  items: JoinRequestView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsLikeRow {
  items: LikeRow[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsMemberView {
  items: MemberView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsMergedView {
  items: MergedView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsMessageView {
  items: MessageView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsNoticeView {
  items: NoticeView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsOccurrenceView {
  items: OccurrenceView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsOfficialTopicView {
  items: OfficialTopicView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsPersonView {
  items: PersonView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsPoolView {
  items: PoolView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsPostVersionView {
  items: PostVersionView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsPostView {
  items: PostView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsPreparedTableView {
  items: PreparedTableView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsRecordHistoryView {
  items: RecordHistoryView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsRoleView {
  items: RoleView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsScopeView {
  items: ScopeView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsShareView {
  items: ShareView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsStaffImportView {
  items: StaffImportView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsStickerView {
  items: StickerView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsTableRowView {
  items: TableRowView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsTeamMemberView {
  items: TeamMemberView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsTimedReminder {
  items: TimedReminder[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsTodoView {
  items: TodoView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsTokenView {
  items: TokenView[]
  next: string | null
  also: (Put | Drop)[]
}

/** A page of a list. `next` is opaque; `also` brings other entities that belong to the items. */
export interface ItemsVoterRow {
  items: VoterRow[]
  next: string | null
  also: (Put | Drop)[]
}

/** `link` is empty while it is off. `version` changes with the link: pictures of it are asked for anew. */
export interface JoinLinkView {
  is_on: boolean
  link: string
  company: string
  changed_at: string | null
  version: number
}

/** As who may decide sees it: one of `phone` and `email` is set. `times`: how often this sign-in name asked. */
export interface JoinRequestView {
  id: number
  name: string
  phone: string
  email: string
  note: string
  state: 'approved' | 'pending' | 'refused'
  times: number
  asked_at: string
  decided_by: number | null
  decided_at: string | null
  reason: string
  person_id: number | null
}

/** Where a link leads. */
export interface JoiningView {
  company: string
}

/** A list to keep; `filter` as in lists, but as JSON itself. */
export interface KeptView {
  name: string
  base?: string
  filter?: unknown[]
  sort?: string
  columns?: string[]
}

/** Both are said each time, so that what is left out cannot be meant otherwise. */
export interface LadderInput {
  is_on: boolean
  due_at: string | null
}

/** `coming`: everybody's next step as of now, the soonest first; `items`: the steps that were taken, the newest first. */
export interface LadderPanel {
  is_on: boolean
  urgent: boolean
  due_at: string | null
  counts: LadderTally
  coming: ComingView[]
  items: StepRow[]
  next: string | null
  also: (Put | Drop)[]
}

/** How many steps of this round were taken. */
export interface LadderTally {
  post_id: number
  is_on: boolean
  round: number
  nudge: number
  deputy: number
  manager: number
}

export interface Language {
  language: '' | 'en' | 'zh-Hans'
}

/** Who likes it, and since when. */
export interface LikeRow {
  person_id: number
  at: string
}

/** The reader's own like; its id on the wire is the post's or the comment's. */
export interface LikeView {
  at: string
}

export interface LikesTally {
  post_id: number
  likes: number
}

/** A column of lines. `factor`: the product of these is the line's `amount`. */
export interface LineColumnView {
  name: string
  type: string
  words: Record<string, string>
  required: boolean
  factor: boolean
  choices: ChoiceView[]
  max_length: number | null
  decimals: number | null
  unit: Record<string, string> | null
  currency: string | null
}

/** Shown once; only its hash is kept. `mailed`: it is also on its way to the person's address. */
export interface LinkView {
  link: string
  expires_at: string
  mailed: boolean
}

/** `subordinate`: what follows it too, a customer's contacts. */
export interface LockInput {
  subordinate: boolean
}

/** `period` is any day of it, `values` what was filled in by the fields' keys: a number as `12.5`, a choice as it is called. */
export interface LogInput {
  template: number
  period: string
  values?: Record<string, string>
  recipients?: number[] | null
}

/** To the writer and to whom it was handed in, nobody else; its id on the wire is the post's. */
export interface LogScores {
  post_id: number
  scores: ScoreView[]
}

/** `due_days`: in time until the end of so many working days after the period. */
export interface LogTemplateView {
  id: number
  rhythm: 'day' | 'month' | 'week'
  name: string
  due_days: number
  fields: TemplateField[]
  is_active: boolean
  version: number
}

/** `mine`: what I handed in for periods that can still be written about; `today` is the company's day. */
export interface LogTemplates {
  items: LogTemplateView[]
  mine: MyLog[]
  today: string
  next: string | null
}

/** What all its readers see. `period` to `until` are its days, `remark` what was written besides the fields. */
export interface LogView {
  kind: 'log'
  template_id: number
  template: string
  rhythm: 'day' | 'month' | 'week'
  period: string
  until: string
  recipients: number[]
  fields: FilledField[]
  remark: string
}

/** Characters `start` to `end`, the last one not included. */
export interface Mark {
  start: number
  end: number
}

/** A note of the reader's own on a post, since when; its id on the wire is the post's, its kind `favourite` or `hidden`. */
export interface MarkView {
  at: string
}

/** `capabilities` maps `noun.verb` to its scopes; the client shows only what may be pressed. */
export interface MeView {
  person: PersonView
  company: Profile
  language: '' | 'en' | 'zh-Hans'
  capabilities: Record<string, string[]>
  must_enrol: boolean
}

/** Somebody in a conversation, as the other members see it. */
export interface MemberView {
  person_id: number
  role: 'member' | 'owner'
  joined_at: string
}

/** The reader's own place in a conversation; its id on the wire is the conversation's. */
export interface MembershipView {
  conversation_id: number
  state: 'active' | 'removed'
  role: 'member' | 'owner'
  from_number: number
  to_number: number | null
  read_number: number
  mentioned_number: number
  muted: boolean
}

/** A field whose values differ, and that I see in clear on both. `suggested` is taken where I say nothing. */
export interface MergeField {
  field: string
  mine: unknown
  theirs: unknown
  suggested: 'mine' | 'theirs'
}

/** `other` is merged into this one. The versions are those that I looked at; `fields` says whose value stays, `mine` this one's. */
export interface MergeInput {
  other: number
  version: number
  other_version: number
  fields?: Record<string, 'mine' | 'theirs'>
}

/** How many of the other's go along, as far as I may read them. `kind` of records that link to it, else empty. */
export interface MergeMove {
  what: 'followup' | 'record' | 'relation' | 'team'
  kind: string
  count: number
}

/** `mine` survives, with its id; `theirs` is merged into it. */
export interface MergePreview {
  mine: RecordView
  theirs: RecordView
  fields: MergeField[]
  moves: MergeMove[]
  also: (Put | Drop)[]
}

/** What was merged into this record, until it can be undone no more. */
export interface MergedView {
  other: number
  number: string
  title: string
  at: string
  by: number
  until: string
  may_undo: boolean
}

export interface MessageMentions {
  people: number[]
  everyone: boolean
}

/** May be left out: the text is the truth. */
export interface MessageMentionsInput {
  people?: number[]
  everyone?: boolean
}

/** A message. A system message's `text` is a code (docs/wire.md). */
export interface MessageView {
  id: number
  conversation_id: number
  number: number
  kind: 'system' | 'text'
  author_id: number
  client_id: string
  text: string
  mentions: MessageMentions
  reply_to: number | null
  created_at: string
  files: FileView[]
  cards: CarriedCard[]
}

export interface MoveInput {
  at: string
}

/** How many sit elsewhere than before. */
export interface Moved {
  moved: number
}

export interface Mute {
  muted: boolean
}

export interface MyLog {
  template_id: number
  period: string
  post_id: number
}

export interface NewAbsence {
  from_day: string
  to_day: string
  deputy_id?: number | null
  reason?: 'other' | 'sick' | 'travel' | 'vacation'
}

export interface NewBot {
  name: string
  purpose: string
  owner_id: number
}

export interface NewComment {
  text: string
  client_id?: string
  mentions?: PostMentionsInput | null
  reply_to?: number | null
  files?: number[]
  cards?: RefInput[]
}

export interface NewConversation {
  kind: 'direct' | 'group'
  people?: number[]
  departments?: number[]
  name?: string
}

export interface NewDelegation {
  deputy_id: number
  kinds: ('post' | 'receipts' | 'todos')[]
  from_day: string
  to_day?: string | null
}

/** Heads who do not sit in it yet get a place there. */
export interface NewDepartment {
  name: string
  parent_id?: number | null
  heads?: number[]
}

export interface NewField {
  kind: string
  type: 'address' | 'choice' | 'choices' | 'date' | 'department' | 'email' | 'files' | 'flag' | 'long_text' | 'money' | 'number' | 'percent' | 'person' | 'phone' | 'text' | 'time' | 'url'
  words: Record<string, string>
  class?: 'basic' | 'contact' | 'financial' | 'identity' | 'internal'
  required?: boolean
  choices?: ChoiceWords[]
}

/** `size` in bytes. `type` is what the browser takes it for; nobody believes it. */
export interface NewFile {
  name: string
  size: number
  type?: string
}

export interface NewFollowup {
  sort: 'call' | 'installation' | 'online' | 'other' | 'training' | 'visit'
  text: string
}

/** Somebody new; what is left out is empty. */
export interface NewInvitation {
  name: string
  phone?: string
  staff_number?: string
  email?: string
  place?: Place
  mail?: boolean
}

export interface NewMembers {
  people?: number[]
  departments?: number[]
}

/** `anyway`: its cards go also to who will see only their stubs. */
export interface NewMessage {
  client_id: string
  text: string
  mentions?: MessageMentionsInput | null
  reply_to?: number | null
  files?: number[]
  cards?: RefInput[]
  anyway?: boolean
}

/** `from_pool`: only while nobody owns it and it lies there. */
export interface NewOwner {
  owner: number
  reason?: string
  keep?: 'none' | 'read' | 'write'
  from_pool?: number | null
}

export interface NewPassword {
  password: string
}

/** `may_change_owner`: of what comes from it. */
export interface NewPool {
  kind: string
  name: string
  may_change_owner?: boolean
}

/** `title` and `details` as the kind wants them (`feed/kinds.py`); `poll` and `table` where it takes them. `urgent`: people are told of */
export interface NewPost {
  kind: string
  text: string
  audience: AudienceInput
  mentions?: PostMentionsInput | null
  receipts?: ReceiptsInput | null
  files?: number[]
  cards?: RefInput[]
  title?: string
  details?: AnnouncementInput | InstructionInput | TaskInput | ScheduleInput | LogInput | SalesRecordInput | null
  poll?: PollInput | null
  table?: TableInput | null
  urgent?: boolean
}

export interface NewPreparedTable {
  name: string
  columns: ColumnInput[]
  note?: string
}

/** `owner` null: it lies in `pool`. `pool` with an owner: its home; null: none. `duplicates`: what was said of what is like it. */
export interface NewRecord {
  fields: Record<string, unknown>
  owner?: number | null
  pool?: number | null
  duplicates?: DuplicateAnswer[]
}

/** «This record `sort` `to`»; `turned`: «`to` `sort` this record». */
export interface NewRelation {
  to: number
  sort: string
  turned?: boolean
}

/** Empty, or as `copy_of` is now; `capabilities` win over the copied ones. */
export interface NewRole {
  name: string
  copy_of?: number | null
  capabilities?: Record<string, string[]> | null
}

/** A text for each column, in their order: a number as `12.5`, a day as `2026-11-22`, a choice as it is called, a person's id, */
export interface NewRow {
  cells: string[]
}

/** `file`: a picture of one's own that was uploaded, at most 512 × 512 pixels. */
export interface NewSticker {
  name: string
  file: number
}

export interface NewTemplate {
  name: string
  rhythm: 'day' | 'month' | 'week'
  due_days: number
  fields: FieldInput[]
}

/** `scopes` from `GET /api/token-scopes`; `days` until it runs out. */
export interface NewToken {
  name: string
  scopes: string[]
  days?: number
}

/** Something that concerns the reader. `title` is the thing's own, as the reader may see it now; empty when no longer. */
export interface NoticeView {
  id: number
  kind: string
  at: string
  actor_id: number | null
  about: Ref
  within: Ref | null
  number: number | null
  title: string
  alert: boolean
  urgent: boolean
}

export interface NumberAnswer {
  type: 'number'
  value: number
}

/** A number within ±10¹²; `unit` stands behind it. */
export interface NumberQuestion {
  type: 'number'
  text: string
  unit?: string
}

/** One occurrence in somebody's calendar; `day` is the one on which it begins, and names it. */
export interface OccurrenceView {
  post_id: number
  day: string
  begins_at: string
  ends_at: string
  first_day: string | null
  last_day: string | null
}

/** `keys`: its own name folded, and the earlier ones. */
export interface OfficialTopicView {
  id: number
  name: string
  keys: string[]
  version: number
  created_at: string
  retired_at: string | null
}

/** The provider's name on the sign-in page; empty where none is set. */
export interface OpenIdView {
  name: string
}

/** `text`: of the follow-up, when somebody answered. */
export interface Outcome {
  connected: boolean
  text?: string
}

/** `item` is null where the actor may not read the record any more. */
export interface OwnerChanged {
  item: RecordView | null
  also: (Put | Drop)[]
}

export interface PaperDepartment {
  id: number
  path: string
}

/** A file of the post, or of an earlier version (`until`: the last that carried it), by what is in it: SHA-256 in hex digits. */
export interface PaperFile {
  id: number
  name: string
  size: number
  sha256: string
  until: number | null
}

/** A person as named when the paper was made; `departments` are paths. */
export interface PaperPerson {
  id: number
  name: string
  staff_number: string
  departments: string[]
}

/** One person of whom the kind asks something: how far they are, and since when. */
export interface PaperRow {
  person_id: number
  state: string
  at: string | null
}

/** `main`: the department takes the place of each person's main one; `add`: it comes behind the others. */
export interface PeopleMove {
  people: number[]
  how?: 'add' | 'main'
}

/** What this person may do, and why. `editable`: whether the asker gives roles to this person. */
export interface PermissionsView {
  person_id: number
  state: 'active' | 'invited' | 'left'
  roles: HeldRole[]
  allowed: Allowed[]
  editable: boolean
  verdict: Verdict | null
}

/** Fields left out stay. `version` is the one that was seen; `department_ids` has the main one first; an empty text takes away. */
export interface PersonChange {
  version: number
  name?: string
  title?: string
  staff_number?: string
  phone?: string
  email?: string
  department_ids?: number[]
  manager_id?: number | null
  kind?: 'employee' | 'external'
}

/** All roles that are given by hand; `before` is what one has seen, and refuses when somebody else was faster. */
export interface PersonRoles {
  roles: number[]
  before?: number[] | null
}

/** A colleague as every employee may see one. `away`: absences that have not ended, soonest first; `picture` is the hash in its */
export interface PersonView {
  id: number
  name: string
  kind: 'bot' | 'employee' | 'external'
  title: string
  staff_number: string
  phone: string
  email: string
  department_ids: number[]
  manager_id: number | null
  state: 'active' | 'invited' | 'left'
  left_at: string | null
  away: AwayView[]
  about: string
  picture: string
  version: number
}

/** Where somebody new sits. The main department first; externals are in none of «everyone»'s posts. */
export interface Place {
  department_ids?: number[]
  manager_id?: number | null
  title?: string
  kind?: 'employee' | 'external'
}

/** When each step would fall due; people's own quiet hours come on top, unless it is urgent. */
export interface PlanView {
  nudge: string
  deputy: string
  manager: string
}

/** `several`: any number of the options, else one. `anonymous` holds for ever. `closes_at` left out: until its author closes it. */
export interface PollInput {
  options: string[]
  several?: boolean
  anonymous?: boolean
  closes_at?: string | null
}

/** `votes` by the place of the option; with several choices they are more than `voters`. */
export interface PollTally {
  post_id: number
  voters: number
  votes: number[]
}

/** The same for every reader. `closes_at` is the deadline, `closed_at` when its author closed it earlier. */
export interface PollView {
  options: string[]
  several: boolean
  anonymous: boolean
  closes_at: string | null
  closed_at: string | null
}

export interface Polled {
  outcome: string
  events: Envelope[]
  seq: number
  cursor: string
}

/** What is missing stays. */
export interface PoolChange {
  version: number
  name?: string | null
  may_change_owner?: boolean | null
  retired?: boolean | null
}

/** `also` brings the persons that it names. */
export interface PoolItem {
  item: PoolView
  also: unknown[]
}

/** Somebody named one by one. */
export interface PoolPersonView {
  person: number
  role: 'admin' | 'member'
}

export interface PoolPlace {
  role: 'admin' | 'member'
}

/** `role`: mine; null where I only keep pools. `people`, `departments` (whose people are members, and which have their home here) and */
export interface PoolView {
  id: number
  kind: string
  name: string
  may_change_owner: boolean
  retired: boolean
  version: number
  role: 'admin' | 'member' | null
  people: PoolPersonView[] | null
  departments: number[] | null
  holds: number | null
}

export interface PostMentions {
  people: number[]
  departments: number[]
}

/** May be left out: the text is the truth. */
export interface PostMentionsInput {
  people?: number[]
  departments?: number[]
}

/** `versions` from the first to the present one; `cards` as this reader sees the things now. Of the receipts `names` says which rows */
export interface PostPaper {
  form: 'tenfour.post.1'
  company: string
  made_at: string
  made_by: number
  seq: number
  post: PostView
  versions: PostVersionView[]
  files: PaperFile[]
  cards: CardView[]
  names: 'all' | 'below' | 'none' | null
  counts: TallyView | null
  receipts: ReceiptRow[]
  earlier: EarlierRow[]
  people: PaperPerson[]
  departments: PaperDepartment[]
  rows: TableRowView[]
  vote: PollTally | null
  answers: PaperRow[]
}

/** What a post carries, the same for every reader: as the prepared table was when it was posted. */
export interface PostTableView {
  table_id: number
  name: string
  note: string
  columns: TableColumn[]
  by_readers: boolean
}

/** What a post said and carried in an earlier version, to whom, and since when. */
export interface PostVersionView {
  version: number
  text: string
  at: string
  title: string
  poll: PollView | null
  files: FileView[]
  cards: CarriedCard[]
  audience: AudienceView | null
  details: Record<string, unknown> | null
}

/** `by_id` is who published it for the author, null for most. `details` is what its kind adds (`feed/kinds.py`). */
export interface PostView {
  id: number
  kind: string
  author_id: number
  text: string
  version: number
  created_at: string
  edited_at: string | null
  audience: AudienceView
  mentions: PostMentions
  receipts: ReceiptsView | null
  by_id: number | null
  files: FileView[]
  cards: CarriedCard[]
  title: string
  details: AnnouncementView | InstructionView | TaskView | ScheduleView | LogView | SalesRecordView | null
  poll: PollView | null
  topics: string[]
  table: PostTableView | null
  urgent: boolean
}

/** In the parts of an address field. */
export interface PostalAddress {
  country: string
  province: string
  city: string
  district: string
  street: string
  postcode: string
}

export interface PreferencesInput {
  quiet_hours: QuietHours | null
  kinds: Record<string, 'alert' | 'inbox' | 'off'>
}

/** `kinds` holds every kind; those in `obligations` cannot be `off`. */
export interface PreferencesView {
  quiet_hours: QuietHours | null
  kinds: Record<string, 'alert' | 'inbox' | 'off'>
  obligations: string[]
}

/** One of the library. `retired_at`: no longer offered. */
export interface PreparedTableView {
  id: number
  name: string
  note: string
  columns: TableColumn[]
  place: number
  version: number
  retired_at: string | null
}

/** What can be read without opening the file; `cut`: there is more in it. */
export interface PreviewView {
  blocks: BlockView[]
  cut: boolean
}

/** RFC 9457, with a stable `code`. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  code: string
  detail: string
  errors: FieldError[]
}

/** What everyone may know about the company. */
export interface Profile {
  name: string
  language: 'en' | 'zh-Hans'
  time_zone: string
  watermark: boolean
}

export interface ProfileInput {
  name: string
  language: 'en' | 'zh-Hans'
  time_zone: string
  watermark?: boolean
}

export interface ProgressInput {
  state: 'done' | 'open'
}

/** Empty: none. */
export interface Provider {
  provider: string
}

/** The answer to publishing: `not_notified` names mentioned people and departments that (in part) cannot see the post (M1). */
export interface PublishedPost {
  id: number
  kind: string
  author_id: number
  text: string
  version: number
  created_at: string
  edited_at: string | null
  audience: AudienceView
  mentions: PostMentions
  receipts: ReceiptsView | null
  by_id: number | null
  files: FileView[]
  cards: CarriedCard[]
  title: string
  details: AnnouncementView | InstructionView | TaskView | ScheduleView | LogView | SalesRecordView | null
  poll: PollView | null
  topics: string[]
  table: PostTableView | null
  urgent: boolean
  not_notified: PostMentions
}

/** This entity now looks like this, whole. */
export interface Put {
  op: 'put'
  kind: string
  id: number
  data: unknown
}

/** `22:00` to `08:00`, in the company's time zone. */
export interface QuietHours {
  start: string
  end: string
}

/** `readers`: how many will see the post, without its author. `people`: the mentioned who will not, `departments`: those of which some */
export interface Reach {
  readers: number
  people: number[]
  departments: DepartmentOutside[]
  cards: CardReach[]
  also: (Put | Drop)[]
}

/** `people` and `departments` are mentioned in the text. */
export interface ReachInput {
  audience: AudienceInput
  people?: number[]
  departments?: number[]
  cards?: RefInput[]
}

export interface ReadInput {
  up_to: number
}

export interface ReadUpTo {
  number: number
}

/** `names`: all (author), below (a manager's people), none (counts only). `answers` where a question is asked. */
export interface ReceiptPanel {
  names: 'all' | 'below' | 'none'
  counts: TallyView
  items: ReceiptRow[]
  next: string | null
  also: (Put | Drop)[]
  answers: AnswersView | null
}

/** One required person in the author's panel (W21). */
export interface ReceiptRow {
  person_id: number
  state: 'done' | 'left' | 'open' | 'withdrawn'
  read_at: string | null
  done_at: string | null
  by_id: number | null
  confirmed: number
  answer: ChoiceAnswer | NumberAnswer | FileAnswer | null
}

/** The reader's own receipt; its id on the wire is the post's. `by_id` is who gave it for them, `confirmed` on which version of */
export interface ReceiptView {
  post_id: number
  version: number
  state: 'done' | 'left' | 'open' | 'withdrawn'
  asked_by: number
  asked_at: string
  due_at: string | null
  done_at: string | null
  by_id: number | null
  confirmed: number
  answer: ChoiceAnswer | NumberAnswer | FileAnswer | null
}

/** Who must confirm, by when. A subset of the audience. `by_deputy`: what a deputy confirms for them counts. `question`: what is */
export interface ReceiptsInput {
  everyone?: boolean
  departments?: number[]
  people?: number[]
  due_at?: string | null
  by_deputy?: boolean
  question?: ChoiceQuestion | NumberQuestion | FileQuestion | null
  bound?: boolean
  ladder?: boolean
}

/** What a post asks; shared by all readers, so it holds no count and no name of who has answered. */
export interface ReceiptsView {
  version: number
  due_at: string | null
  departments: number[]
  people: number[]
  everyone: boolean
  by_deputy: boolean
  question: ChoiceQuestion | NumberQuestion | FileQuestion | null
  bound: boolean
}

export interface RecordChange {
  version: number
  fields: Record<string, unknown>
  duplicates?: DuplicateAnswer[]
}

/** One field, or `owner`, `stage`, `team`, `share` or `merged` (`{number, title}`, */
export interface RecordChangeView {
  field: string
  from: unknown
  to: unknown
}

/** `act`: created, changed, owner_changed, team_changed, shared, unshared, share_expired, stage_changed, state_changed, locked, */
export interface RecordHistoryView {
  id: number
  at: string
  actor: number
  by: number | null
  act: string
  reason: string
  changes: RecordChangeView[]
}

/** `also` brings the persons that it names. */
export interface RecordItem {
  item: RecordView
  also: (Put | Drop)[]
}

/** A kind of record as it is now: declared, and with the fields that administrators added. */
export interface RecordKindView {
  kind: string
  number: number
  words: Record<string, string>
  plural: Record<string, string>
  icon: string
  fields: FieldView[]
  title: string
  sections: SectionView[]
  quick: string[]
  columns: string[]
  filters: string[]
  sort: string
  shown: string[]
  views: RecordViewView[]
  follows: string | null
  stages: StageView[]
  boards: string[]
  may: string[]
  registry: RegistryMark | null
  relations: RelationView[]
  can_merge: boolean
  followed_up: boolean
}

export interface RecordKinds {
  items: RecordKindView[]
}

/** The declarations are others than before: ask for them again. */
export interface RecordKindsMark {
  version: number
}

/** `total` comes with the first page only. */
export interface RecordList {
  items: RecordView[]
  next: string | null
  also: (Put | Drop)[]
  total: RecordTotal | null
}

/** Something in the lists of this kind moved. */
export interface RecordListMark {
  kind: string
  moved: string
}

/** Since when, and by whom, nobody changes it. */
export interface RecordLock {
  at: string
  by: number
}

/** As a record is pushed: nothing of it. `gone`: deleted for good. */
export interface RecordMark {
  version: number
  gone: boolean
}

/** Counted up to a bound: beyond it, `count` is the bound. */
export interface RecordTotal {
  count: number
  is_exact: boolean
}

export interface RecordTotals {
  count: number
  fields: FieldTotal[]
}

/** A record for one viewer. `fields`: absent what is hidden, `{"masked": …}` what is seen in part. `may`: write, stage, state, */
export interface RecordView {
  kind: string
  id: number
  number: string
  title: string
  version: number
  owner: number | null
  department: number | null
  pool: number | null
  stage: string
  voided: boolean
  locked: RecordLock | null
  starred: boolean
  created_at: string
  created_by: number
  updated_at: string
  last_followed_at: string | null
  moves_clock: boolean
  fields: Record<string, unknown>
  may: string[]
}

/** `code` goes into `?view=`. `base`: the view of everybody's that it begins with. `filter` as in lists; `mine`: kept by me, under */
export interface RecordViewView {
  code: string
  words: Record<string, string>
  base: string
  filter: unknown[]
  sort: string
  columns: string[]
  mine: boolean
  id: number | null
}

/** Shown once; only hashes are kept. */
export interface RecoveryCodesView {
  recovery_codes: string[]
}

/** A thing of any domain. */
export interface Ref {
  kind: string
  id: number
}

export interface RefInput {
  kind: string
  id: number
}

export interface RefsInput {
  refs: RefInput[]
}

/** `registration` is null where none was chosen. */
export interface Registered {
  registration: RegistrationView | null
  also: (Put | Drop)[]
}

/** What a registry says of a company; empty what it does not say. `founded` is a day, `source` the address of its public page. */
export interface Registration {
  ref: string
  name: string
  credit_code: string
  status: string
  legal_form: string
  legal_representative: string
  capital: string
  founded: string
  phone: string
  email: string
  website: string
  address: PostalAddress | null
  former_names: string
  source: string
}

/** `provider` and `data.ref` name it in its registry; `fetched_by` is a person. */
export interface RegistrationView {
  provider: string
  data: Registration
  fetched_at: string
  fetched_by: number
}

/** `field` is filled where a company of a registry was chosen; `fills`: part of a registration → the field that it can fill. */
export interface RegistryMark {
  field: string
  fills: Record<string, string>
}

/** `provider`: the one that is asked, empty where none is. */
export interface RegistryState {
  provider: string
  registries: RegistryView[]
}

/** One that can be chosen. */
export interface RegistryView {
  code: string
  words: Record<string, string>
  about: Record<string, string>
}

export interface Related {
  items: RelatedRecords[]
  also: (Put | Drop)[]
}

/** Records of `kind` whose `field` links here, as far as I may read them. */
export interface RelatedRecords {
  kind: string
  field: string
  total: RecordTotal
  rows: RecordView[]
}

/** `sort` as the kind declares it, read from `from` to `to`. */
export interface RelationEdge {
  id: number
  from: number
  to: number
  sort: string
}

/** «A `words` B»; read from B: «B `back` A». */
export interface RelationView {
  code: string
  words: Record<string, string>
  back: Record<string, string>
}

/** Records of `kind` and how they stand to each other. An end that is not among `rows` is one that I may not read. */
export interface Relations {
  kind: string
  rows: RecordView[]
  edges: RelationEdge[]
  also: (Put | Drop)[]
}

export interface Reminded {
  reminded: number
  next_at: string
}

export interface ReminderInput {
  at: string
  people?: number[]
  note?: string
  about: AboutInput
}

/** That those pending were reminded, and by whom. */
export interface ReminderView {
  post_id: number
  version: number
  at: string
  by: number
}

export interface Rename {
  name: string
  version?: number | null
}

export interface RenamedSticker {
  version: number
  name: string
}

/** Every `interval` days, weeks or months; weekly on `days` (1 is Monday) and always on the first one's; monthly on its day of the */
export interface Repeat {
  every: 'day' | 'month' | 'week'
  interval?: number
  days?: number[]
  until?: string | null
  count?: number | null
}

/** Every `interval` days, weeks (on `days`, 1 is Monday) or months; with neither `until` nor `count` without an end. */
export interface RepeatView {
  every: 'day' | 'month' | 'week'
  interval: number
  days: number[]
  until: string | null
  count: number | null
}

export interface Requirement {
  second_factor: 'administrators' | 'everyone' | 'nobody'
}

/** Shown once; only its hash is kept. */
export interface ResetLinkView {
  link: string
  expires_at: string
}

export interface ResetPassword {
  password: string
}

/** Whom a link is for. */
export interface ResetView {
  name: string
  company: string
}

/** `by_mail` false: no mail server is set, an administrator makes the link. */
export interface ResetWay {
  by_mail: boolean
}

/** `pass_reports_up`: the reports report to the leaver's manager from now on. Required: nothing is decided by leaving it out. */
export interface Resignation {
  pass_reports_up: boolean
  reason?: string
}

export interface RevealInput {
  field: string
  reason: 'call' | 'check' | 'other'
  text?: string
}

/** To be shown until then. */
export interface RevealedValue {
  field: string
  value: unknown
  until: string
}

/** What a person's roles add up to: `noun.verb` → scopes. The same as in `Me`. */
export interface RightsView {
  capabilities: Record<string, string[]>
}

/** What is left out stays. */
export interface RoleChange {
  version: number
  name?: string | null
  capabilities?: Record<string, string[]> | null
}

/** A shipped one cannot be deleted; `is_edited` when it gives something else than shipped, or has another name. */
export interface RoleView {
  id: number
  code: string
  name: string
  is_shipped: boolean
  is_edited: boolean
  version: number
  capabilities: Record<string, string[]>
  holders: number
}

/** `record`: with or for whom; its card goes along. */
export interface SalesRecordInput {
  record: RefInput
  sort: 'call' | 'installation' | 'online' | 'other' | 'training' | 'visit'
}

/** With or for whom. What it is called, its card says to who may read it. */
export interface SalesRecordOf {
  kind: string
  id: number
}

/** The same for every reader of the post: nothing of the record but which it is. */
export interface SalesRecordView {
  kind: 'sales_record'
  record: SalesRecordOf
  sort: 'call' | 'installation' | 'online' | 'other' | 'training' | 'visit'
}

/** `people` are invited, and are among those who see it. */
export interface ScheduleInput {
  begins_at?: string | null
  ends_at?: string | null
  first_day?: string | null
  last_day?: string | null
  place?: string
  reminders?: number[]
  repeat?: Repeat | null
  people?: number[]
}

/** The reader's own; its id on the wire is the post's. Open with an answer: that one was given for an earlier time. */
export interface ScheduleInvitation {
  post_id: number
  state: 'answered' | 'ended' | 'left' | 'open'
  answer: '' | 'accepted' | 'declined' | 'tentative'
  word: string
  answered_at: string | null
}

/** `asked` are all who are invited now; the answers are those for the time as it stands. */
export interface ScheduleTally {
  post_id: number
  asked: number
  accepted: number
  tentative: number
  declined: number
}

/** What all its readers see. The times are those of the first occurrence; whole days have `first_day` and `last_day`. */
export interface ScheduleView {
  kind: 'schedule'
  people: number[]
  begins_at: string
  ends_at: string
  first_day: string | null
  last_day: string | null
  until_at: string | null
  place: string
  reminders: number[]
  repeat: RepeatView | null
  skipped: string[]
  state: 'cancelled' | 'planned'
  sequence: number
}

/** What a token can be given: its name, and what it means. `held`: within the rights of whom it is for. */
export interface ScopeView {
  name: string
  says: string
  held: boolean
}

export interface ScoreInput {
  score: number
}

export interface ScoreView {
  person_id: number
  score: number
  at: string
}

/** The newest link of the chain. Keep a copy elsewhere: `tenfour admin verify-audit --expect NUMBER:HASH` compares it. */
export interface SealView {
  number: number
  hash: string
}

/** `required`: the company asks it of me. */
export interface SecondFactorView {
  is_on: boolean
  since: string | null
  recovery_codes_left: number
  required: boolean
}

/** `step` from the problem `second_factor_needed`; `code` from the authenticator, or a recovery code. */
export interface SecondStep {
  step: string
  code: string
}

export interface SectionView {
  code: string
  words: Record<string, string>
  fields: string[]
}

/** The version one has looked at. */
export interface Seen {
  version: number
}

/** `login` is a phone, an e-mail address or a staff number; `boss` null: I am the boss myself. */
export interface SetUp {
  company: string
  language: 'en' | 'zh-Hans'
  time_zone: string
  name: string
  login: string
  password: string
  boss?: Boss | null
}

/** `boss`: the link to hand over, shown once, when the boss is another person. */
export interface SetUpDone {
  me: MeView
  boss: LinkView | null
}

/** What the page may suggest. */
export interface SetUpView {
  language: 'en' | 'zh-Hans'
  time_zone: string
  mail: boolean
}

/** With whom, in one of three ways: `people`; whoever of a post's `audience` may not read it; whoever of a `conversation` may not. */
export interface ShareInput {
  days: number
  people?: number[]
  audience?: AudienceInput | null
  conversation?: number | null
}

/** Somebody who may read the record until then. */
export interface ShareView {
  person: number
  until: string
  granted_by: number
  granted_at: string
}

/** How many may read it now who could not before, or may do so for longer. */
export interface Shared {
  people: number
  until: string
}

export interface SignIn {
  login: string
  password: string
}

/** `marks` are places in `text`; `…` stands where something was left out. */
export interface Snippet {
  text: string
  marks: Mark[]
}

/** `text` left out: what its source is called; `audience` left out: those who are to do it. */
export interface SourcedTask {
  people: number[]
  due_at?: string | null
  items?: string[]
  text?: string
  audience?: AudienceInput | null
}

/** `total` is 0 until the file was read; `done` counts the rows that are dealt with. */
export interface StaffImportView {
  id: number
  state: 'done' | 'failed' | 'queued' | 'running'
  dry_run: boolean
  file_name: string
  total: number
  done: number
  created: number
  updated: number
  unchanged: number
  refused: number
  problem: ImportProblem | null
  links_shown: boolean
  created_by: number
  created_at: string
  departments: 'create' | 'refuse'
  new_departments: string[]
  new_department_count: number
  missing: number
  rows_until: string
}

/** `version`: over which one moves it; without it, over whatever is there. */
export interface StageMove {
  stage: string
  version?: number | null
  reason?: string
}

/** A stage and its guards. `probability` in percent; `end`: won or lost with it. */
export interface StageView {
  code: string
  words: Record<string, string>
  tone: string
  probability: number | null
  end: '' | 'lost' | 'won'
  required: string[]
  needs_reason: boolean
}

/** Both are said each time, so that what is left out cannot be meant otherwise. */
export interface StandingInput {
  pinned: boolean
  expires_at: string | null
}

/** `colleagues`: everyone but me and the boss who has not left; `invited` of them hold a link, `joined` have set a password. */
export interface StartView {
  colleagues: number
  invited: number
  joined: number
  dismissed: boolean
}

/** A conversation with the maker's own place. */
export interface Started {
  id: number
  kind: 'direct' | 'group'
  name: string
  people: number[]
  member_count: number
  created_by: number
  created_at: string
  version: number
  membership: MembershipView
}

export interface StateChange {
  value: string
  reason: string
  version?: number | null
}

/** `told_id` was told of it at `at`; of a nudge that is the person. */
export interface StepRow {
  id: number
  step: 'deputy' | 'manager' | 'nudge'
  person_id: number
  told_id: number
  at: string
}

/** One of the two. */
export interface StepUp {
  password?: string
  code?: string
}

/** These first, in this order; the others behind them as they were. */
export interface StickerOrder {
  stickers: number[]
}

/** `file` is its picture, with the rights of everybody. `retired_at`: offered no longer, shown still. */
export interface StickerView {
  id: number
  name: string
  file: FileView
  place: number
  version: number
  retired_at: string | null
}

export interface Switch {
  is_on: boolean
}

/** `choices` of a choice, else empty; `unit` behind a number, or empty. */
export interface TableColumn {
  title: string
  type: 'choice' | 'date' | 'number' | 'person' | 'text' | 'yes_no'
  required: boolean
  choices: string[]
  unit: string
}

/** A prepared table beside a post, as it was in this `version`. `by_readers`: who reads the post fills in rows too. */
export interface TableInput {
  table: number
  version: number
  rows?: string[][]
  by_readers?: boolean
}

/** These first, in this order; the others behind them as they were. */
export interface TableOrder {
  tables: number[]
}

/** What `person_id` filled in: a text for each column. */
export interface TableRowView {
  id: number
  post_id: number
  person_id: number
  cells: string[]
  version: number
  created_at: string
  changed_at: string | null
}

/** How many rows the table of a post has. */
export interface TableTally {
  post_id: number
  rows: number
}

/** `asked` = open + done; `read` = opened it and has not confirmed yet. */
export interface TallyView {
  post_id: number
  version: number
  asked: number
  done: number
  read: number
  withdrawn: number
  left: number
}

/** `people` are to do it, and are among those who see it; `items` is a list to tick off. */
export interface TaskInput {
  people: number[]
  due_at?: string | null
  items?: string[]
}

export interface TaskItemView {
  number: number
  text: string
  done_at: string | null
  done_by: number | null
}

/** `people` are to do it; `done_by` is who finished it; `returned_from` was to do it and has left. */
export interface TaskView {
  kind: 'task'
  people: number[]
  due_at: string | null
  state: 'done' | 'open'
  done_at: string | null
  done_by: number | null
  items: TaskItemView[]
  returned_from: number | null
}

/** Somebody of a record's team; the owner first. */
export interface TeamMemberView {
  person: number
  role: 'after_sales' | 'co_follower' | 'member' | 'owner'
  access: 'read' | 'write'
  since: string
}

export interface TeamPlace {
  role: 'after_sales' | 'co_follower' | 'member'
  access: 'read' | 'write'
}

/** `key` is its own for ever, whatever it is called and wherever it stands. */
export interface TemplateField {
  key: number
  title: string
  type: 'choice' | 'number' | 'text'
  required: boolean
  choices: string[]
  unit: string
  hint: string
}

/** A reminder as who made it, or is reminded by it, sees it. `urgent`, once it has fired: what it is about is marked so. */
export interface TimedReminder {
  id: number
  about: Ref
  at: string
  note: string
  made_by: number
  people: number[]
  state: 'cancelled' | 'fired' | 'waiting'
  urgent: boolean
}

/** From moment to moment, or whole days (the company's), both included. `reminders`: minutes before; of whole days before 9:00. */
export interface TimesInput {
  begins_at?: string | null
  ends_at?: string | null
  first_day?: string | null
  last_day?: string | null
  place?: string
  reminders?: number[]
  repeat?: Repeat | null
}

/** One thing waiting. `overdue` is derived: past due stays open. `source` is where it is dealt with. `asked_by` null: somebody who is */
export interface TodoView {
  ref: Ref
  category: string
  title: string
  asked_by: number | null
  asked_at: string
  due_at: string | null
  overdue: boolean
  state: 'done' | 'expired' | 'open' | 'withdrawn'
  reason: string | null
  source: Ref
}

/** An access token. `token` is there once, in the answer that made it. */
export interface TokenView {
  id: number
  name: string
  scopes: string[]
  state: 'active' | 'expired' | 'revoked'
  made_by: number
  created_at: string
  expires_at: string
  last_used_at: string | null
  token: string
}

/** The three sources (FEED-05): what I use, what is official, what is talked about where I can read it. */
export interface TopicChoices {
  mine: TopicView[]
  official: TopicView[]
  hot: TopicView[]
}

export interface TopicInput {
  name: string
}

/** `posts`: exactly how many of its posts the reader may see and has not hidden (FEED-27). */
export interface TopicPage {
  name: string
  keys: string[]
  is_official: boolean
  is_retired: boolean
  posts: number
}

/** A topic as it is offered. `keys`: the folded names under which it is found, as in `topics` of a post; `posts`: how many of those */
export interface TopicView {
  name: string
  keys: string[]
  is_official: boolean
  posts: number
}

/** `source` refers to the thing that was asked about: it carries its card, or names its address in its text. */
export interface TraceView {
  how: 'card' | 'text'
  at: string
  source: CardView
}

/** `hidden`: how many more posts, met on the way to the end of this page, are not the reader's to see. */
export interface Traces {
  items: TraceView[]
  hidden: number
  next: string | null
  also: (Put | Drop)[]
}

export interface UnmergeInput {
  other: number
}

/** An upload as its owner sees it. `received` bytes are stored; `chunk` is the most that one part may hold; `file` once it is ready. */
export interface UploadView {
  id: number
  name: string
  size: number
  state: 'attached' | 'ready' | 'uploading'
  received: number
  chunk: number
  file: FileView | null
}

/** The answer about one other person. `because` are the grants that reach that person. */
export interface Verdict {
  capability: string
  person_id: number
  may: boolean
  reason: 'granted' | 'no_capability' | 'not_active' | 'out_of_scope'
  because: Grant[]
}

export interface VersionSeen {
  version: number
}

export interface ViewOrder {
  ids: number[]
}

/** `reason` may be empty, but is said: an empty body voids nothing. */
export interface VoidReason {
  reason: string
}

/** `version` of the post that was shown; `chosen` are places in its options, from 0, rising. */
export interface VoteInput {
  version: number
  chosen: number[]
}

/** The reader's own vote; its id on the wire is the post's. `chosen` null: an anonymous one says only that it was given. */
export interface VoteView {
  post_id: number
  chosen: number[] | null
}

/** The answer to voting: the own vote with what was chosen, and the counts after it. */
export interface Voted {
  vote: VoteView
  tally: PollTally
}

export interface VoterRow {
  person_id: number
}

/** With what this person can confirm. */
export interface WaysView {
  password: boolean
  code: boolean
}

export interface WeekChange {
  days: number[]
  begins: string
  ends: string
  version: number
}

/** A reminder of a thing that the path names. Without people oneself. */
export interface WhenInput {
  at: string
  people?: number[]
  note?: string
}

export interface WholeNumber {
  phone: string
}

/** Weekdays 1 (Monday) … 7; `begins` and `ends` as `HH:MM` of the company's clock. `version` 0: never changed. */
export interface WorkingWeekView {
  days: number[]
  begins: string
  ends: string
  version: number
}

/** The answer to writing and changing: `not_notified` names mentioned people and departments that (in part) cannot see it (M1). */
export interface WrittenComment {
  id: number
  post_id: number
  number: number
  author_id: number
  by_id: number | null
  client_id: string
  text: string
  mentions: PostMentions
  reply_to: number | null
  files: FileView[]
  cards: CarriedCard[]
  version: number
  created_at: string
  edited_at: string | null
  deleted_by: number | null
  not_notified: PostMentions
}

export interface Entities {
  calendar: CalendarYear
  comment: CommentView
  comment_like: LikeView
  company: Profile
  conversation: ConversationView
  delegation: DelegationView
  department: DepartmentView
  favourite: MarkView
  follow: FollowView
  hidden: MarkView
  inbox: InboxView
  instruction: InstructionReply
  invitation: ScheduleInvitation
  join_request: JoinRequestView
  like: LikeView
  log_scores: LogScores
  log_template: LogTemplateView
  membership: MembershipView
  message: MessageView
  notice: NoticeView
  person: PersonView
  post: PostView
  prepared_table: PreparedTableView
  receipt: ReceiptView
  receipt_ask: AskView
  receipt_reminder: ReminderView
  'record/contact': RecordMark
  'record/customer': RecordMark
  'record/expense': RecordMark
  record_kinds: RecordKindsMark
  record_list: RecordListMark
  reminder: TimedReminder
  rights: RightsView
  sticker: StickerView
  table_row: TableRowView
  'tally/comment_likes': CommentLikesTally
  'tally/comments': CommentsTally
  'tally/instruction': InstructionTally
  'tally/ladder': LadderTally
  'tally/likes': LikesTally
  'tally/poll': PollTally
  'tally/receipts': TallyView
  'tally/schedule': ScheduleTally
  'tally/table': TableTally
  'todo/access': TodoView
  'todo/instruction': TodoView
  'todo/log': TodoView
  'todo/missing_receipt': TodoView
  'todo/reminder': TodoView
  'todo/schedule': TodoView
  'todo/task': TodoView
  topic: OfficialTopicView
  vote: VoteView
  working_week: WorkingWeekView
}
