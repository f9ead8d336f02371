// How an announcement stands at this moment. Pure.
import type { AnnouncementView } from '../../../api/generated'
import type { Post } from '../../../api/types'

export type Standing = 'coming' | 'holds' | 'expired'

export type AnnouncementDetails = AnnouncementView

export function detailsOf(post: Post): AnnouncementDetails | null {
  return post.details?.kind === 'announcement' ? post.details : null
}

export function standingOf({ effective_at, expires_at }: AnnouncementDetails, now: Date): Standing {
  if (expires_at !== null && new Date(expires_at) <= now) return 'expired'
  return effective_at !== null && new Date(effective_at) > now ? 'coming' : 'holds'
}

/** Whether it stands above the timeline. */
export function isPinned(post: Post, now: Date): boolean {
  const details = detailsOf(post)
  return details !== null && details.pinned && standingOf(details, now) !== 'expired'
}
