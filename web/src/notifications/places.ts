// Where a thing is opened, by its kind.
import type { Ref } from '../api/types'

const NOWHERE: readonly string[] = ['department', 'file', 'instruction', 'join_request', 'receipt', 'reminder', 'schedule', 'task']

export function placeOf(about: Ref, within: Ref | null = null, number: number | null = null): string {
  switch (about.kind) {
    case 'post':
      return `/posts/${about.id}`
    case 'comment':
      return within ? `/posts/${within.id}?comment=${about.id}` : '/'
    case 'conversation':
      return `/chat/${about.id}`
    case 'message':
      return within ? `/chat/${within.id}${number === null ? '' : `?at=${number}`}` : '/chat'
    case 'log_period':
      return `/?write=log&period=${about.id}`
    case 'missing_receipt':
      return '/todos'
    case 'person':
      return '/people'
    default: // records are declared: no list of their kinds stands here
      return NOWHERE.includes(about.kind) ? '/' : `/crm/${about.kind}/${about.id}`
  }
}
