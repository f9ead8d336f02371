// One act on many records (docs/records.md «One act on many»). Pure.
import type * as S from '../../api/generated'
import { say, sayMaybe } from '../../i18n/i18n'
import type { Id } from '../../api/types'
import type { Field, RecordKind } from '../wire'

export type BulkAct = S.BulkInput['act']
export type BulkDone = S.BulkDone
export type Which = { ids: Id[] } | { view: string; filter: unknown[]; q: string }

const SETTABLE = ['choice', 'choices', 'flag']

/** What can be set on many at once. */
export function settable(kind: RecordKind): Field[] {
  return kind.fields.filter((one) => SETTABLE.includes(one.type) && !one.readonly && !one.by_act && !one.system && !one.computed)
}

export function refusedText({ code, reason }: { code: string; reason: string }): string {
  return sayMaybe(`lists.refused_${reason}`) ?? sayMaybe(`lists.refused_${code}`) ?? say('lists.refused_anyhow')
}
