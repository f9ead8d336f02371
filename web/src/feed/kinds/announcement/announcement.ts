// Announcements: to whom one's roles reach, standing out until they expire (WORK-07, 08).
import { IconSpeakerphone } from '@tabler/icons-react'
import { lazy } from 'react'
import type { PostKind } from '../declared'
import { Standing } from './Standing'
import { useMenu } from './useMenu'

export const announcement: PostKind = {
  kind: 'announcement',
  icon: IconSpeakerphone,
  capability: 'post.announce',
  titled: true,
  receipts: true,
  poll: true,
  table: true,
  Fields: lazy(() => import('./AnnouncementFields')),
  missing: ({ effective_at, expires_at }, now) => {
    if (typeof expires_at !== 'string') return null
    if (new Date(expires_at) <= now) return ['details.expires_at', 'past']
    const begins = typeof effective_at === 'string' && new Date(effective_at) >= new Date(expires_at)
    return begins ? ['details.expires_at', 'before_effective'] : null
  },
  Above: Standing,
  useMenu,
}
