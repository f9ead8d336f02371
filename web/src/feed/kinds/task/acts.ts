// What one does with a task; a refusal is said, and who was first is seen on the task itself.
import { api } from '../../../api/client'
import type { TaskView } from '../../../api/generated'
import type { Id, Post } from '../../../api/types'
import { applyAnswer, putChange } from '../../../live/answers'

export function taskOf(post: Post | undefined): TaskView | null {
  return post?.details?.kind === 'task' ? post.details : null
}

export async function progress(post: Id, state: 'open' | 'done'): Promise<void> {
  const answer = await api.put<Post>(`/posts/${post}/progress`, { state })
  const ended = state === 'done' ? [{ op: 'drop', kind: 'todo/task', id: post } as const] : []
  applyAnswer(answer.seq, [putChange('post', post, answer.data), ...ended])
}

export async function tick(post: Id, number: number, done: boolean): Promise<void> {
  const path = `/posts/${post}/items/${number}`
  const answer = done ? await api.put<Post>(path, {}) : await api.delete<Post>(path)
  applyAnswer(answer.seq, [putChange('post', post, answer.data)])
}
