// Duplicates as they travel (docs/records.md «Duplicates»).
import type * as S from '../../api/generated'
import type { Change } from '../../api/types'
import type { RecordRow } from '../wire'

/** `record` is null where I may not read it; then `owner` is whose it is, where the company lets that be told. */
export type Like = Omit<S.DuplicateView, 'record'> & { record: RecordRow | null }
export interface Likes {
  items: Like[]
  also: Change[]
}
export type Answer = S.DuplicateAnswer
export type Verdict = S.DuplicateVerdictView
export type Setting = S.DuplicateSettingView
