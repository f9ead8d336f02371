import { expect, test } from 'vitest'
import { customer } from '../fixtures'
import { fieldOf } from '../kinds'
import type { Field } from '../wire'
import { conditionsOf, formOf, isChanged, listState, pressedSort, queryOf, replaced, savedConditions, searchOf, shownConditions, viewOf, waysOf } from './conditions'

const of = (name: string): Field => fieldOf(customer, name) as Field

test('the address keeps view, filter, sort and words, and reads them again', () => {
  const state = { view: 'mine', filter: [['level', 'in', ['key']]] as never, sort: 'name', q: '远帆' }
  expect(listState(searchOf(state))).toEqual(state)
  expect(searchOf(listState(''))).toBe('')
})

test('a cut address is an address without a filter', () => {
  expect(listState('?filter=%5B%5B%22level').filter).toBeNull()
  expect(listState('?filter=%5B%5B1%2C2%5D%5D').filter).toBeNull()
})

test('a saved view shows its conditions; changed ones go instead of it', () => {
  const saved = listState('?view=12')
  const view = viewOf(customer, saved)
  expect(shownConditions(view, saved)).toEqual([['level', 'in', ['key']]])
  expect(queryOf(view, saved)).toEqual({ view: '12', filter: undefined, sort: undefined, q: undefined })
  const changed = { ...saved, filter: [] }
  expect(queryOf(view, changed)).toEqual({ view: 'all', filter: undefined, sort: 'name', q: undefined })
  expect([isChanged(view, saved), isChanged(view, changed)]).toEqual([false, true])
})

test('whatever base is shown, its conditions can be saved; words cannot', () => {
  const mine = { ...listState('?view=mine'), filter: [['level', 'in', ['key']]] as never }
  expect(savedConditions(viewOf(customer, mine), mine)).toEqual([['level', 'in', ['key']]])
  expect(savedConditions(viewOf(customer, mine), { ...mine, q: '远帆' })).toBeNull()
})

test('a changed view of mine keeps its base', () => {
  const view = { ...(viewOf(customer, listState('?view=12')) as (typeof customer.views)[number]), base: 'below' }
  expect(queryOf(view, { ...listState('?view=12'), filter: [] }).view).toBe('below')
})

test('a range is two conditions, each of which may be left out', () => {
  expect(waysOf(of('budget'))).toEqual(['between', 'empty', 'filled'])
  const form = formOf(of('budget'), [['budget', 'at_least', '1000'], ['budget', 'at_most', '2000']])
  expect(form).toEqual({ operator: 'between', value: null, least: '1000', most: '2000' })
  expect(conditionsOf(of('budget'), form)).toEqual([['budget', 'at_least', '1000'], ['budget', 'at_most', '2000']])
  expect(conditionsOf(of('budget'), { ...form, most: '' })).toEqual([['budget', 'at_least', '1000']])
  expect(conditionsOf(of('next_visit'), { ...form, least: 'days:-7', most: '' })).toEqual([['next_visit', 'at_least', { days: -7 }]])
  expect(formOf(of('next_visit'), [['next_visit', 'at_least', { days: -7 }]]).least).toBe('days:-7')
})

test('nothing chosen is no condition, and empty needs no value', () => {
  expect(conditionsOf(of('level'), { operator: 'in', value: [], least: '', most: '' })).toEqual([])
  expect(conditionsOf(of('level'), { operator: 'empty', value: null, least: '', most: '' })).toEqual([['level', 'empty', null]])
})

test('a condition changes in its place', () => {
  expect(replaced([['a', 'is', '1'], ['b', 'is', '2']], 'a', [['a', 'is', '3']])).toEqual([['a', 'is', '3'], ['b', 'is', '2']])
  expect(replaced([['a', 'is', '1']], 'b', [['b', 'empty', null]])).toHaveLength(2)
  expect(replaced([['a', 'is', '1']], 'a', [])).toEqual([])
})

test('a column sorts by what is expected first, then the other way', () => {
  expect(pressedSort(customer, '-updated_at', 'name')).toBe('name')
  expect(pressedSort(customer, 'name', 'name')).toBe('-name')
  expect(pressedSort(customer, 'name', 'updated_at')).toBe('-updated_at')
  expect(pressedSort(customer, 'name', 'address')).toBeNull()
})
