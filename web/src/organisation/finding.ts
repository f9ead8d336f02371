// Departments to choose from, and colleagues, in the form that pickers want.
import type { Department, Id } from '../api/types'
import { inOrder, wantDepartments } from '../live/directory'
import { departmentNamed, nameSearch } from '../live/lookup'
import { store } from '../live/store'
import type { Named, NameSearch } from '../ui/names'

const MOST = 30

export const findPeople: NameSearch = nameSearch({})

export const findDepartments: NameSearch = (q) => {
  wantDepartments()
  return Promise.resolve(fitting(q, () => true))
}

/** Without the department itself and what lies below it: nothing comes below itself. */
export function findPlacesFor(department: Department): NameSearch {
  return (q) => Promise.resolve(fitting(q, (one) => one.id !== department.id && !one.path.startsWith(`${department.path}/`)))
}

function fitting(q: string, allowed: (department: Department) => boolean): Named[] {
  const text = q.trim().toLocaleLowerCase()
  const all = inOrder(store).filter((one) => allowed(one) && one.path.toLocaleLowerCase().includes(text))
  return all.slice(0, MOST).map(departmentNamed)
}

export function namedDepartments(ids: readonly Id[]): Named[] {
  return ids.flatMap((id) => {
    const department = store.get('department', id)
    return department ? [departmentNamed(department)] : []
  })
}
