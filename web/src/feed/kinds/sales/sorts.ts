// What a sales record says besides its text: with whom, and of which sort it was.
import type { SalesRecordView } from '../../../api/generated'
import type { Post } from '../../../api/types'
import { say } from '../../../i18n/i18n'

export type Sort = SalesRecordView['sort']
export const SORTS = ['visit', 'call', 'online', 'training', 'installation', 'other'] as const satisfies Sort[]

export function salesOf(post: Post | undefined): SalesRecordView | null {
  return post?.details?.kind === 'sales_record' ? post.details : null
}

export function sortWord(sort: Sort): string {
  return say(sort === 'other' ? 'kinds.did_else' : `kinds.did_${sort}`)
}
