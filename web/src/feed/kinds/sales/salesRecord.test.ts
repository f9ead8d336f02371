import { expect, test } from 'vitest'
import type { Post } from '../../../api/types'
import { bodyOf, emptyForm, missing } from '../../share/form'
import { changedSales, salesRecord } from './salesRecord'

const record = { kind: 'customer', id: 9, title: '远帆' }
const post = { details: { kind: 'sales_record', record: { kind: 'customer', id: 9 }, sort: 'visit' } } as unknown as Post

test('a sales record names its record and its sort, a visit unless another is chosen, and nothing of the form itself', () => {
  const body = bodyOf('去过了', { ...emptyForm, details: { record } }, [], salesRecord)
  expect(body.details).toEqual({ record: { kind: 'customer', id: 9 }, sort: 'visit' })
  expect(salesRecord.given?.({ record }).cards).toEqual([{ kind: 'customer', id: 9 }])
})

test('without a record it says which field is missing', () => {
  expect(missing(false, emptyForm, new Date(), salesRecord).details).toMatchObject({ field: 'details.record', code: 'required' })
})

test('of a change only what is another travels, and the card of another record takes the place of the first', () => {
  expect(changedSales({ record, sort: 'visit' }, post)).toBeNull()
  expect(changedSales({ record, sort: 'call' }, post)).toEqual({ details: { sort: 'call' }, people: [] })
  const other = { ...record, id: 12 }
  expect(changedSales({ record: other, sort: 'visit' }, post)).toEqual({
    details: { record: { kind: 'customer', id: 12 } },
    people: [],
    cards: { out: { kind: 'customer', id: 9 }, in: { kind: 'customer', id: 12 } },
  })
})
