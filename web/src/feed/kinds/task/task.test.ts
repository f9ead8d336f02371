import { expect, test } from 'vitest'
import { bodyOf, emptyForm, missing } from '../../share/form'
import { task } from './task'

const ann = { kind: 'person', id: 7, name: 'Ann', hint: '' } as const

test('who is to do a task sees it, lines become its list, and nothing of the form itself is sent', () => {
  const details = { names: [ann], items: 'quote\n\n  contract ' }
  const body = bodyOf('x', { ...emptyForm, details }, [], task)
  expect(body.audience).toEqual({ everyone: false, departments: [], people: [7] })
  expect(body.details).toEqual({ people: [7], due_at: null, items: ['quote', 'contract'] })
})
test('a task needs somebody, and then nobody else has to see it', () => {
  const now = new Date('2026-06-01T02:00:00Z')
  expect(Object.keys(missing(false, emptyForm, now, task))).toEqual(['details', 'audience'])
  expect(missing(false, { ...emptyForm, details: { names: [ann] } }, now, task)).toEqual({})
  const late = { names: [ann], due_at: '2026-05-01T02:00:00Z' }
  expect(missing(false, { ...emptyForm, details: late }, now, task).details?.code).toBe('past')
})
