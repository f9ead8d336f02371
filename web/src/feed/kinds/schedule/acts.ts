// What one does with a schedule item; the answers of the server go into the store.
import { api } from '../../../api/client'
import type { GuestPanel, ScheduleInvitation, OccurrenceView, ScheduleView } from '../../../api/generated'
import type { Change, Id, List, Post } from '../../../api/types'
import { applyAnswer, putChange } from '../../../live/answers'
import { bodyOfTimes, type TimesForm } from './form'

export type Answer = 'accepted' | 'tentative' | 'declined'
export const ANSWERS: readonly Answer[] = ['accepted', 'tentative', 'declined']

export function scheduleOf(post: Post | undefined): ScheduleView | null {
  return post?.details?.kind === 'schedule' ? post.details : null
}

/** All of these reject with what the server refused. */
export async function answerInvitation(post: Id, sequence: number, answer: Answer, word: string): Promise<void> {
  const { seq, data } = await api.put<ScheduleInvitation>(`/posts/${post}/invitation`, { answer, sequence, word })
  applyAnswer(seq, [putChange('invitation', post, data), { op: 'drop', kind: 'todo/schedule', id: post }])
}

export async function changeTimes(post: Id, form: TimesForm): Promise<void> {
  const { seq, data } = await api.put<Post>(`/posts/${post}/schedule`, bodyOfTimes(form))
  applyAnswer(seq, [putChange('post', post, data)])
}

/** The whole item, or the occurrence of one day. */
export async function cancelItem(post: Id, day: string | null): Promise<void> {
  const path = `/posts/${post}/cancellation`
  const { seq, data } = await api.put<Post>(day === null ? path : `${path}/${day}`, {})
  applyAnswer(seq, [putChange('post', post, data)])
}

export async function guestsOf(post: Id, signal: AbortSignal): Promise<GuestPanel> {
  const { seq, data } = await api.get<GuestPanel>(`/posts/${post}/invitations`, { signal })
  applyAnswer(seq, data.also as Change[])
  return data
}

/** Days of the company, both included; the posts go into the store. */
export async function calendarOf(since: string, until: string, signal: AbortSignal): Promise<OccurrenceView[]> {
  const { seq, data } = await api.get<List<OccurrenceView>>('/schedule', { query: { since, until }, signal })
  applyAnswer(seq, (data.also ?? []) as Change[])
  return data.items
}
