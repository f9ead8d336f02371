// Begins conversations and goes there. A direct one that exists already is simply opened.
import { api } from '../api/client'
import { newId } from '../api/ids'
import type { Change, Conversation, Id, Membership } from '../api/types'
import { applyAnswer, putChange } from '../live/answers'

/** The membership stands in the answer as a field, beside the conversation's own. */
type Begun = Conversation & { membership?: Membership }

async function begin(body: unknown, key: string): Promise<Id> {
  const answer = await api.post<Begun>('/conversations', body, { key })
  const { membership, ...conversation } = answer.data
  const changes: Change[] = [putChange('conversation', conversation.id, conversation)]
  if (membership) changes.push(putChange('membership', conversation.id, membership))
  applyAnswer(answer.seq, changes)
  return conversation.id
}

export function beginDirect(person: Id): Promise<Id> {
  return begin({ kind: 'direct', people: [person] }, newId())
}

export function beginGroup(name: string, people: Id[], departments: Id[], key: string): Promise<Id> {
  return begin({ kind: 'group', name, people, departments }, key)
}
