import { expect, test } from 'vitest'
import { ApiProblem } from '../../api/problem'
import type { Named } from '../../ui/names'
import { bodyOf, emptyForm, missing, refused, type ShareForm } from './form'

const sales: Named = { kind: 'department', id: 3, name: '销售一部', hint: '' }
const zhang: Named = { kind: 'person', id: 17, name: '张伟', hint: '' }
const all: Named = { kind: 'everyone', id: 0, name: '所有人', hint: '' }
const NOW = new Date('2026-06-01T02:00:00Z')
const form = (fields: Partial<ShareForm>, ask: Partial<ShareForm['ask']> = {}): ShareForm => ({
  ...emptyForm,
  ...fields,
  ask: { ...emptyForm.ask, ...ask },
})

test('without the switch no receipt is asked', () => {
  expect(bodyOf('x', form({ audience: [sales, zhang] }, { names: [zhang] }))).toEqual({
    kind: 'share', text: 'x', audience: { everyone: false, departments: [3], people: [17] }, receipts: null,
  })
})
test('receipts of all are asked in the words of the audience', () => {
  expect(bodyOf('x', form({ audience: [all] }, { on: true })).receipts).toEqual({
    everyone: true, departments: [], people: [], due_at: null, by_deputy: false,
  })
})
test('receipts of some are asked of those', () => {
  const due = '2026-06-02T02:00:00Z'
  expect(bodyOf('x', form({ audience: [sales, zhang] }, { on: true, whom: 'some', names: [zhang], due })).receipts).toEqual({
    everyone: false, departments: [], people: [17], due_at: due, by_deputy: false,
  })
})
test('what is missing is named before the server is asked', () => {
  const found = missing(true, form({}, { on: true, whom: 'some', choice: 'custom' }), NOW)
  expect(Object.keys(found).sort()).toEqual(['audience', 'due', 'receipts', 'text'])
  expect(missing(false, form({ audience: [all] }), NOW)).toEqual({})
})
test('a due time that has passed is refused', () => {
  const late = form({ audience: [all] }, { on: true, choice: 'custom', due: '2026-06-01T01:59:00Z' })
  expect(missing(false, late, NOW).due?.code).toBe('past')
  expect(missing(false, { ...late, ask: { ...late.ask, on: false } }, NOW)).toEqual({})
})
test('refusals of the server stand at their field', () => {
  const problem = (body: object): ApiProblem => new ApiProblem({ status: 422, code: 'invalid', ...body })
  expect(refused(problem({ code: 'audience_empty' })).audience?.code).toBe('required')
  const beyond = refused(problem({ status: 403, code: 'forbidden', beyond: 4 })).receipts
  expect(beyond).toMatchObject({ code: 'beyond', params: { count: 4 } })
  const errors = [
    { field: 'receipts.people', code: 'outside_audience', detail: '' },
    { field: 'receipts.due_at', code: 'past', detail: '' },
  ]
  expect(Object.keys(refused(problem({ errors }))).sort()).toEqual(['due', 'receipts'])
})
