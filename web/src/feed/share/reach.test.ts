import { expect, test } from 'vitest'
import type { Change, Person } from '../../api/types'
import { Store } from '../../live/store'
import { reaches, reachesPerson } from './reach'

const store = new Store()
const department = (id: number, parent_id: number | null): Change => ({
  op: 'put', kind: 'department', id, data: { id, name: '', parent_id, position: 0, heads: [], state: 'active', version: 1, path: '' },
})
const person = (id: number, department_ids: number[], kind: Person['kind'] = 'employee'): Change => ({
  op: 'put', kind: 'person', id,
  data: { id, name: '', kind, title: '', staff_number: '', phone: '', email: '', department_ids, manager_id: null, state: 'active', left_at: null, away: [], about: '', picture: '', version: 1 },
})
store.apply(1, [department(3, null), department(31, 3), person(17, [31]), person(18, []), person(19, [], 'external')])
const audience = (fields: object) => ({ everyone: false, departments: [], people: [], ...fields })

test('a department reaches those in it and below', () => {
  expect(reachesPerson(audience({ departments: [3] }), 17, store)).toBe(true)
  expect(reachesPerson(audience({ departments: [3] }), 18, store)).toBe(false)
  expect(reaches(audience({ departments: [3] }), { kind: 'department', id: 31 }, store)).toBe(true)
  expect(reaches(audience({ departments: [31] }), { kind: 'department', id: 3 }, store)).toBe(false)
})
test('the whole company reaches employees, outsiders only by name', () => {
  expect(reachesPerson(audience({ everyone: true }), 18, store)).toBe(true)
  expect(reachesPerson(audience({ everyone: true }), 19, store)).toBe(false)
  expect(reachesPerson(audience({ everyone: true, people: [19] }), 19, store)).toBe(true)
})
test('nothing is claimed of a person who is not known yet', () => {
  expect(reachesPerson(audience({ departments: [3] }), 99, store)).toBeUndefined()
})
