// Relations, families and calls as they travel (docs/records.md).
import type * as S from '../../api/generated'
import type { Change } from '../../api/types'
import type { RecordRow } from '../wire'

export type Edge = S.RelationEdge
export interface Relations {
  kind: string
  rows: RecordRow[]
  edges: Edge[]
  also?: Change[]
}
export type Family = S.Family
export type Call = S.CallView
export interface Callers {
  items: { field: string; row: RecordRow }[]
  also?: Change[]
}
