// Who is in a conversation: fetched when asked for (the panel, the first @), names put into the store.
import { api } from '../api/client'
import type { Id, List, Member } from '../api/types'
import { applyAnswer } from '../live/answers'
import { everyoneNamed, personNamed } from '../live/lookup'
import { store } from '../live/store'
import type { Named, NameSearch } from '../ui/names'

export async function fetchMembers(id: Id, signal?: AbortSignal): Promise<Member[]> {
  const answer = await api.get<List<Member>>(`/conversations/${id}/members`, signal ? { signal } : {})
  applyAnswer(answer.seq, answer.data.also ?? [])
  return [...answer.data.items].sort((a, b) => Number(b.role === 'owner') - Number(a.role === 'owner'))
}

const MOST = 30

/** For the @ list: members only, found by name, staff number or title without asking the server at each letter. */
export function memberSearch(id: Id, me: Id, isGroup: boolean): NameSearch {
  let members: { count: number; ids: Id[] } | null = null
  return async (q) => {
    const conversation = store.get('conversation', id)
    if (!isGroup) members = { count: 2, ids: conversation?.people ?? [] }
    const count = conversation?.member_count ?? 0
    if (!members || members.count !== count) {
      members = { count, ids: (await fetchMembers(id)).map((member) => member.person_id) }
    }
    const text = q.toLocaleLowerCase()
    const found: Named[] = []
    const everyone = everyoneNamed()
    if (isGroup && `${everyone.name} everyone all 所有人 全体`.toLocaleLowerCase().includes(text)) found.push(everyone)
    for (const person of members.ids) {
      const known = store.get('person', person)
      if (!known || known.state === 'left' || person === me || found.length >= MOST) continue
      const words = `${known.name} ${known.staff_number} ${known.title}`.toLocaleLowerCase()
      if (words.includes(text)) found.push(personNamed(known))
    }
    return found
  }
}
