// Sales records: what was done with or for a customer, as a post that is a follow-up too (WORK-15 … 17).
import { IconBriefcase } from '@tabler/icons-react'
import { lazy } from 'react'
import type { SalesRecordView } from '../../../api/generated'
import type { Post, Ref } from '../../../api/types'
import { say, withTexts } from '../../../i18n/i18n'
import type { Details, PostKind } from '../declared'
import { SalesLine } from './SalesLine'
import { salesOf, type Sort, sortWord } from './sorts'

/** What the composer keeps: the record with its title. */
export interface SalesForm {
  record?: (Ref & { title: string | null }) | null
  sort?: Sort
}

function given(form: Details): { details: Details; people: readonly number[]; cards: readonly Ref[] } {
  const { record, sort = 'visit' } = form as SalesForm
  const ref = record ? { kind: record.kind, id: record.id } : null
  return { details: { record: ref, sort }, people: [], cards: ref ? [ref] : [] }
}

/** Another record goes along in place of the one before. */
export function changedSales(form: Details, post: Post): { details: Details; people: readonly number[]; cards?: { out: Ref; in: Ref } } | null {
  const view = salesOf(post)
  const { record, sort = 'visit' } = form as SalesForm
  if (!view || !record) return null
  const isOther = record.kind !== view.record.kind || record.id !== view.record.id
  const ref = { kind: record.kind, id: record.id }
  if (!isOther && sort === view.sort) return null
  return {
    details: { ...(isOther && { record: ref }), ...(sort !== view.sort && { sort }) },
    people: [],
    ...(isOther && { cards: { out: { kind: view.record.kind, id: view.record.id }, in: ref } }),
  }
}

export const salesRecord: PostKind = {
  kind: 'sales_record',
  icon: IconBriefcase,
  capability: 'records.read',
  receipts: true,
  begins: true,
  near: true,
  Fields: lazy(withTexts(() => import('../../../crm/followups/SalesFields'))),
  given,
  missing: (details) => ((details as SalesForm).record ? null : ['details.record', 'required']),
  amend: {
    form: (post) => {
      const view = salesOf(post)
      return view ? { record: { ...view.record, title: null }, sort: view.sort } : {}
    },
    changed: changedSales,
  },
  says: (details) => say('kinds.sales_sort_said', { sort: sortWord((details as Partial<SalesRecordView>).sort ?? 'other') }),
  Above: SalesLine,
}
