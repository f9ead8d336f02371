// Names: persons by id, fetched in batches when one is missing, searched on the server; departments, fetched once.
import { useEffect } from 'react'
import { api } from '../api/client'
import type { Department, Id, List, Person } from '../api/types'
import { applyList } from './answers'
import { useEntity, useSelector } from './hooks'
import { store } from './store'

const GATHER = 20 // ms: names asked for in one render travel in one request
const MOST = 100

let wanted = new Set<Id>()
const asked = new Set<Id>()
let timer: ReturnType<typeof setTimeout> | undefined

function fetchWanted(): void {
  const ids = [...wanted]
  wanted = new Set()
  for (let i = 0; i < ids.length; i += MOST) {
    const some = ids.slice(i, i + MOST)
    api
      .get<List<Person>>('/people', { query: { ids: some.join(), limit: MOST } })
      .then((answer) => applyList('person', answer))
      .catch(() => some.forEach((id) => asked.delete(id)))
  }
}

export function wantPerson(id: Id): void {
  if (id <= 0 || asked.has(id) || store.get('person', id)) return
  asked.add(id)
  wanted.add(id)
  clearTimeout(timer)
  timer = setTimeout(fetchWanted, GATHER)
}

export function usePerson(id: Id | null | undefined): Person | undefined {
  const person = useEntity('person', id)
  const missing = id != null && !person
  useEffect(() => {
    if (missing) wantPerson(id)
  }, [missing, id])
  return person
}

/** The persons in this order; those not known yet are left out and arrive later. */
export function usePeople(ids: readonly Id[]): Person[] {
  const key = ids.join()
  useEffect(() => {
    for (const id of ids) wantPerson(id)
    // biome-ignore lint: compared by its text
  }, [key])
  const everyone = useSelector(['person'], allPeople)
  return ids.map((id) => everyone.get(id)).filter((p) => p !== undefined)
}
function allPeople(from: typeof store): Map<Id, Person> {
  return new Map(from.all('person').map((p) => [p.id, p]))
}

export async function searchPeople(q: string, signal?: AbortSignal, department?: Id): Promise<Person[]> {
  const query = { q, department, limit: 20 }
  const answer = await api.get<List<Person>>('/people', { query, ...(signal ? { signal } : {}) })
  applyList('person', answer)
  return answer.data.items
}

let departmentsAsked = false
export function wantDepartments(): void {
  if (departmentsAsked) return
  departmentsAsked = true
  api
    .get<List<Department>>('/departments')
    .then((answer) => applyList('department', answer))
    .catch(() => {
      departmentsAsked = false
    })
}

/** All departments, parents first, siblings in their order; fetched at the first use. */
export function useDepartments(): Department[] {
  useEffect(wantDepartments, [])
  return useSelector(['department'], inOrder)
}
export function inOrder(from: Pick<typeof store, 'all'>): Department[] {
  const below = new Map<Id | null, Department[]>()
  const all = from.all('department').filter((d) => d.state !== 'removed')
  const ids = new Set(all.map((d) => d.id))
  for (const d of all.sort((a, b) => a.position - b.position || a.name.localeCompare(b.name, 'zh-Hans'))) {
    const above = d.parent_id !== null && ids.has(d.parent_id) ? d.parent_id : null
    below.set(above, [...(below.get(above) ?? []), d])
  }
  const walk = (above: Id | null): Department[] => (below.get(above) ?? []).flatMap((d) => [d, ...walk(d.id)])
  return walk(null)
}

export function useDepartment(id: Id | null | undefined): Department | undefined {
  useEffect(wantDepartments, [])
  return useEntity('department', id)
}

/** A department and all those above it. */
export function withAncestors(id: Id, from = store): Id[] {
  const line: Id[] = []
  let at: Id | null = id
  while (at !== null && !line.includes(at)) {
    line.push(at)
    at = from.get('department', at)?.parent_id ?? null
  }
  return line
}

/** After a reset or sign-out everything may be asked again. */
export function forgetAsked(): void {
  asked.clear()
  wanted.clear()
  departmentsAsked = false
}
