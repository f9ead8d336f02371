// People to choose from: everybody, or only those whom an audience reaches.
import { api } from '../../api/client'
import type { Audience, Id, List, Person } from '../../api/types'
import { applyList } from '../../live/answers'
import { store } from '../../live/store'
import { reachesPerson } from '../share/reach'

const MOST = 50
const FEW = 5 // departments that are worth a request each

async function ask(query: Record<string, string | number | undefined>, signal: AbortSignal): Promise<Person[]> {
  const answer = await api.get<List<Person>>('/people', { query: { limit: MOST, ...query }, signal })
  applyList('person', answer)
  return answer.data.items.filter((person) => person.state !== 'left')
}

export async function peopleWithin(within: Audience | null, q: string, signal: AbortSignal): Promise<Person[]> {
  if (!within || within.everyone) return ask({ q }, signal)
  if (within.departments.length > FEW) {
    return (await ask({ q }, signal)).filter((person) => reachesPerson(within, person.id, store))
  }
  const named: Id[] = within.people.slice(0, 100)
  const lists = await Promise.all([
    named.length > 0 ? ask({ ids: named.join(), q }, signal) : [],
    ...within.departments.map((department) => ask({ q, department }, signal)),
  ])
  return [...new Map(lists.flat().map((person) => [person.id, person])).values()]
}
