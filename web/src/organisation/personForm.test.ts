import { expect, test } from 'vitest'
import { changesOf, formOf } from './personForm'

const person = {
  id: 1, name: '张伟', kind: 'employee', title: '', staff_number: '7', phone: '', email: '', department_ids: [3, 4],
  manager_id: 2, state: 'active', left_at: null, away: [], about: '', picture: '', version: 1,
} as const

test('only what was changed is sent', () => {
  const before = formOf({ ...person, department_ids: [3, 4], away: [] })
  expect(changesOf(before, before)).toEqual({})
  expect(changesOf(before, { ...before, title: '经理', manager_id: null })).toEqual({ title: '经理', manager_id: null })
})
test('another main department is a change', () => {
  const before = formOf({ ...person, department_ids: [3, 4], away: [] })
  expect(changesOf(before, { ...before, department_ids: [4, 3] })).toEqual({ department_ids: [4, 3] })
})
