import { expect, test } from 'vitest'
import { ApiProblem } from '../../api/problem'
import { customer, rowOf } from '../fixtures'
import type { Field } from '../wire'
import { answersFor, askedValue, distinct, likesIn } from './likes'
import type { Like } from './wire'

const like = (more: Partial<Like> = {}): Like => ({ field: 'name', strength: 'soft', record: null, owner: null, ...more })
const field = (more: Partial<Field>): Field => ({ ...(customer.fields[0] as Field), duplicates: 'soft', ...more })

test('only what is whole is asked about', () => {
  expect(askedValue(field({ type: 'text' }), ' 远帆 ')).toBe('远帆')
  expect(askedValue(field({ type: 'text' }), '远')).toBe(null)
  expect(askedValue(field({ type: 'phone' }), '138 0000')).toBe(null)
  expect(askedValue(field({ type: 'phone' }), '138 0000 1234')).toBe('13800001234')
  expect(askedValue(field({ type: 'email' }), 'a@b')).toBe(null)
  expect(askedValue(field({ type: 'email' }), 'a@b.cn')).toBe('a@b.cn')
  expect(askedValue(field({ type: 'text', duplicates: '' }), '远帆')).toBe(null)
})

test('one word answers for every field, and each record stands once', () => {
  const found = [like({ record: rowOf({ id: 7 }) }), like({ field: 'phone', record: rowOf({ id: 7 }) }), like(), like({ owner: 3 })]
  expect(distinct(found)).toHaveLength(3)
  expect(answersFor(found, 'different', '另一家')).toEqual([
    { field: 'name', verdict: 'different', reason: '另一家', record: null },
    { field: 'phone', verdict: 'different', reason: '另一家', record: null },
  ])
})

test('another refusal is no question', () => {
  expect(likesIn(new ApiProblem({ status: 409, code: 'stale_version' }))).toBe(null)
  expect(likesIn(new ApiProblem({ status: 409, code: 'duplicate', matches: [like()] } as never))?.items).toHaveLength(1)
})
