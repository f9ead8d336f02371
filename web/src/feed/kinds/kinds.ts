// The kinds there are, in the order in which they are offered: Share first (FEED-01).
import { IconNews, IconShare3 } from '@tabler/icons-react'
import { useMe } from '../../live/bootstrap'
import { announcement } from './announcement/announcement'
import type { MenuPart, PostKind } from './declared'
import { instruction } from './instruction/instruction'
import { log } from './log/log'
import { salesRecord } from './sales/salesRecord'
import { schedule } from './schedule/schedule'
import { task } from './task/task'

export const share: PostKind = { kind: 'share', icon: IconShare3, capability: 'post.share', receipts: true, poll: true, table: true }
export const kinds: readonly PostKind[] = [share, announcement, instruction, task, salesRecord, schedule, log]

const unknown: PostKind = { kind: '', icon: IconNews, capability: '' }

/** A kind that this version of the client does not know yet shows what all posts have. */
export function kindOf(name: string): PostKind {
  return kinds.find((one) => one.kind === name) ?? unknown
}

export function useMyKinds(): PostKind[] {
  const { capabilities } = useMe()
  return kinds.filter((one) => (capabilities[one.capability] ?? []).length > 0)
}

const nothing: MenuPart = { choices: [], dialog: null }
export function noMenu(): MenuPart {
  return nothing
}
