import { expect, test } from 'vitest'
import { customer, field } from './fixtures'
import { bodyOf, isBegun, needsWhole, quickFields } from './form'

const form = (values: Record<string, never | unknown>) => ({ values: values as never, owner: 17, isWhole: false })

test('the short form asks for what is declared and for what is required besides, never for what has an act of its own', () => {
  expect(quickFields(customer).map((one) => one.name)).toEqual(['name', 'level'])
  const more = { ...customer, fields: [...customer.fields, field('code', 'text', { required: true })] }
  expect(quickFields(more).map((one) => one.name)).toEqual(['name', 'level', 'code'])
})

test('only what was filled in is sent, links as ids and numbers as numbers', () => {
  const kind = { ...customer, fields: [...customer.fields, field('parent', 'link', { link: 'customer' })] }
  const values = { name: ' 远帆 ', level: null, budget: '1.5万', phone: '', parent: { kind: 'customer', id: 9, title: '总部' }, owner: 3 }
  expect(bodyOf(kind, form(values))).toEqual({ fields: { name: '远帆', budget: '15000', parent: 9 }, owner: 17 })
})

test('what the form began with was written by nobody', () => {
  const from = { name: '远帆' } as never
  expect([isBegun(form({ name: '远帆', level: null }), from), isBegun(form({ name: '远航' }), from)]).toEqual([false, true])
})

test('a refused field that the short form hides opens the whole form', () => {
  expect([needsWhole(customer, ['fields.phone']), needsWhole(customer, ['fields.name', 'owner'])]).toEqual([true, false])
})
