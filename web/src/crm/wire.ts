// Records as they travel (docs/records.md): the generated shapes, where the schema says less than the contract.
import type * as S from '../api/generated'
import type { Change, FileView, Id, List } from '../api/types'

export interface Words {
  'zh-Hans': string
  en: string
}
/** Words are both languages, always. */
type Worded<T> = Omit<T, 'words'> & { words: Words }

export type FieldType =
  | 'text' | 'long_text' | 'phone' | 'email' | 'url' | 'money' | 'number' | 'percent' | 'date' | 'time' | 'flag'
  | 'choice' | 'choices' | 'person' | 'department' | 'pool' | 'link' | 'address' | 'lines' | 'files'
export type FieldClass = S.CustomFieldView['class']
export type Operator =
  | 'is' | 'contains' | 'starts' | 'at_least' | 'at_most' | 'in' | 'not_in' | 'below' | 'empty' | 'filled'

export type ChoiceView = Omit<Worded<S.ChoiceView>, 'tone'> & { tone?: string }

/** `factor`: the product of these is the line's amount. */
export type LineColumn = Omit<Worded<S.LineColumnView>, 'type' | 'unit' | 'choices'> & { type: FieldType; unit: Words | null; choices: ChoiceView[] }
/** Cells by column, and its `amount`. */
export type Line = Record<string, string | null>

export type Field = Omit<Worded<S.FieldView>, 'type' | 'class' | 'help' | 'unit' | 'choices' | 'operators' | 'lines' | 'follows_from'> & {
  /** Of a field that is worked out: the fields, and `stage`. */
  follows_from: string[]
  lines: LineColumn[]
  type: FieldType
  class: FieldClass
  help: Words | null
  unit: Words | null
  choices: ChoiceView[]
  operators: Operator[]
}

export type SectionView = Worded<S.SectionView>

/** `[field, operator, value]`. */
export type Condition = [string, Operator, unknown]

/** `mine`: saved by me. */
export type View = Omit<Worded<S.RecordViewView>, 'filter'> & { filter: Condition[] }

export type Stage = Worded<S.StageView>

/** `number`: what its lists are watched under. */
export type RecordKind = Omit<Worded<S.RecordKindView>, 'plural' | 'fields' | 'sections' | 'views' | 'stages' | 'relations' | 'registry' | 'can_merge' | 'followed_up'> & {
  can_merge?: boolean
  followed_up?: boolean
  plural: Words
  registry?: { field: string; fills: Record<string, string> } | null
  relations?: { code: string; words: Words; back: Words }[]
  fields: Field[]
  sections: SectionView[]
  views: View[]
  stages: Stage[]
}

/** `title` is null where I may not read it. */
export interface LinkValue {
  kind: string
  id: Id
  title: string | null
}

export const ADDRESS_PARTS = ['country', 'province', 'city', 'district', 'street', 'postcode'] as const
export type Address = Record<(typeof ADDRESS_PARTS)[number], string>

export interface Masked {
  masked: string
}

/** A number is the id of a person or department. */
export type Value = string | number | boolean | string[] | Line[] | FileView[] | LinkValue | Address | Masked | null
/** As it is written: of links and files their ids. */
export type Sent = Value | number[]

export type Act = 'write' | 'stage' | 'state' | 'lock' | 'unlock' | 'owner' | 'team' | 'share' | 'merge' | 'void' | 'restore' | 'delete' | 'reveal' | 'followup'

/** In `fields` what I may not see is absent. */
export type RecordRow = Omit<S.RecordView, 'fields' | 'may'> & { fields: Record<string, Value>; may: Act[] }

/** `merged`: what others changed since, and what stays. */
export interface RecordItem {
  item: RecordRow
  also?: Change[]
  merged?: string[]
}

export type Total = S.RecordTotal
export type Totals = S.RecordTotals
export interface RecordList extends List<RecordRow> {
  total: Total | null
}

export const ROLES = ['co_follower', 'after_sales', 'member'] as const satisfies S.TeamPlace['role'][]
export type TeamMember = S.TeamMemberView

export interface TeamPlace {
  person: Id
  role: string
  access: string
}
/** Somebody who may read it until then. */
export interface SharePlace {
  person: Id
  until: string
}
/** What was merged into it, or taken out again. */
export interface MergedPlace {
  number: string
  title: string | null
}
export interface HistoryChange {
  field: string
  from: Value | TeamPlace | SharePlace | MergedPlace
  to: Value | TeamPlace | SharePlace | MergedPlace
}
export type HistoryEntry = Omit<S.RecordHistoryView, 'changes'> & { changes: HistoryChange[] }

export type FollowUp = S.FollowupView

export const REVEAL_REASONS = ['call', 'check', 'other'] as const satisfies S.RevealInput['reason'][]
export type Revealed = Omit<S.RevealedValue, 'value'> & { value: Value }

export type Related = Omit<S.RelatedRecords, 'rows'> & { rows: RecordRow[] }

export type CustomField = Omit<Worded<S.CustomFieldView>, 'choices'> & { choices: ChoiceView[] }
export type CustomType = CustomField['type']
