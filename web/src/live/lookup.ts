// Searches for pickers and mention lists: people from the server, departments from the store, everyone by wish.
import { api } from '../api/client'
import type { Department, List, Person } from '../api/types'
import { say } from '../i18n/i18n'
import type { Named, NameSearch } from '../ui/names'
import { applyList } from './answers'
import { awayOn, awayText, todayIn } from './away'
import { me } from './bootstrap'
import { wantDepartments } from './directory'
import { store } from './store'

export function departmentNamed(department: Department): Named {
  return { kind: 'department', id: department.id, name: department.name, hint: department.path }
}
export function personNamed(person: Person): Named {
  const zone = me.get()?.company.time_zone
  const away = zone ? awayOn(person, todayIn(zone)) : undefined
  const main = store.get('department', person.department_ids[0] ?? 0)
  return {
    kind: 'person',
    id: person.id,
    name: person.name,
    // The number tells two of one name and department apart.
    hint: [away && awayText(away), main?.path, person.title, person.staff_number].filter(Boolean).join(' · '),
  }
}
export function everyoneNamed(): Named {
  return { kind: 'everyone', id: 0, name: say('ui.everyone'), hint: '' }
}

interface What {
  departments?: boolean
  everyone?: boolean
  /** Left out of the results (oneself in a new conversation). */
  without?: readonly number[]
}

/** Make it once per place (module level or useMemo): the hooks restart when the function changes. */
export function nameSearch({ departments = false, everyone = false, without = [] }: What): NameSearch {
  return async (q, signal) => {
    if (departments) wantDepartments()
    const answer = await api.get<List<Person>>('/people', { query: { q, limit: 20 }, signal })
    applyList('person', answer)
    const text = q.trim().toLocaleLowerCase()
    const fits = (d: Department): boolean => d.state !== 'removed' && (text === '' || d.path.toLocaleLowerCase().includes(text))
    const places = departments ? store.all('department').filter(fits).slice(0, text ? 8 : 5) : []
    const all = everyoneNamed()
    return [
      ...(everyone && (text === '' || all.name.includes(text) || 'everyone all 所有人 全体'.includes(text)) ? [all] : []),
      ...answer.data.items.filter((p) => p.state !== 'left' && !without.includes(p.id)).map(personNamed),
      ...places.map(departmentNamed),
    ]
  }
}

/** Departments alone, by path. */
export const departmentSearch: NameSearch = async (q) => {
  wantDepartments()
  const text = q.trim().toLocaleLowerCase()
  const fits = store.all('department').filter((d) => text === '' || d.path.toLocaleLowerCase().includes(text))
  return fits.sort((a, b) => a.path.localeCompare(b.path, 'zh-Hans')).slice(0, 30).map(departmentNamed)
}

/** Colleagues alone. */
export const colleagueSearch = nameSearch({})
