// What a vote stands at: pure.
import type { PollView } from '../../api/generated'

/** Whole percent of those who voted. */
export function percent(votes: number, voters: number): number {
  return voters > 0 ? Math.round((votes / voters) * 100) : 0
}

export function hasEnded({ closed_at, closes_at }: PollView, now: Date): boolean {
  return closed_at !== null || (closes_at !== null && new Date(closes_at) <= now)
}
