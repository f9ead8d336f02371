import { expect, test } from 'vitest'
import { customer, field, rowOf } from '../fixtures'
import { copyOf } from './Acts'
import { groupsOf } from './RelatedRecords'
import { withFollowing } from '../kinds'
import { mayMove } from '../stages/moves'
import { changedFields } from './useRecord'

test('only what differs in a newer version is marked', () => {
  const old = rowOf()
  expect(changedFields(old, rowOf({ version: 7, title: 'x' }))).toEqual([])
  expect(changedFields(old, rowOf({ version: 8, owner: 18, fields: { ...old.fields, level: 'plain' } }))).toEqual(['level', 'owner'])
})

test('what is worked out from my own change is no news to me, and nobody moves a card by it', () => {
  const scale = field('scale', 'choice', { computed: true, readonly: true, follows_from: ['expected'] })
  const expected = field('expected', 'money', { computed: true, readonly: true, follows_from: ['amount', 'stage'] })
  const deal = { ...customer, fields: [field('amount', 'money'), expected, scale, field('need', 'text')] }
  expect(withFollowing(deal, ['amount'])).toEqual(['amount', 'expected', 'scale'])
  expect(withFollowing(deal, ['need'])).toEqual(['need'])
  expect([mayMove(rowOf({ may: ['write'] }), scale), mayMove(rowOf({ may: ['write'] }), field('level', 'choice'))]).toEqual([false, true])
})

test('a copy begins with what I see in clear and may write', () => {
  expect(copyOf(customer, rowOf())).toEqual({ name: '上海远帆科技有限公司', level: 'key', budget: '2185.00' })
})

test('whatever may link here is offered, also where nothing does yet', () => {
  const contact = { ...customer, kind: 'contact', fields: [field('customer', 'link', { link: 'customer' })] }
  expect(groupsOf([customer, contact], 'customer', []).map((one) => one.kind.kind)).toEqual(['contact'])
  expect(groupsOf([{ ...contact, may: [] }], 'customer', [])).toEqual([])
})
