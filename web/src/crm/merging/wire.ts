// Merging as it travels (docs/records.md).
import type * as S from '../../api/generated'
import type { Change } from '../../api/types'
import type { RecordRow, Value } from '../wire'

export type Side = S.MergeField['suggested']
export type MergeField = Omit<S.MergeField, 'mine' | 'theirs'> & { mine: Value; theirs: Value }
export type MergePreview = Omit<S.MergePreview, 'mine' | 'theirs' | 'fields' | 'also'> & { also?: Change[]; mine: RecordRow; theirs: RecordRow; fields: MergeField[] }
export type MergedRecord = S.MergedView
