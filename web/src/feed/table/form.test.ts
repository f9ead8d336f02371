import { expect, test } from 'vitest'
import type { TableColumn } from '../../api/generated'
import { asNumber, placeOf, wrongOf } from './form'

const column = (type: TableColumn['type'], required = false): TableColumn => ({ title: '金额', type, required, choices: [], unit: '' })

test('a cell says what is wrong with it before the server is asked', () => {
  expect(wrongOf(column('text', true), ' ')).toBe('required')
  expect(wrongOf(column('number'), '')).toBe(null)
  expect(wrongOf(column('number'), '12.5')).toBe(null)
  expect(wrongOf(column('number'), '12,5')).toBe('number')
  expect(wrongOf(column('number'), '1e5')).toBe('number')
})

test('a number may be typed as people type numbers', () => {
  expect(asNumber('１，２００．５')).toBe('1200.5')
  expect(asNumber('+1 000')).toBe('1000')
  expect(asNumber('十二')).toBe('十二')
})

test('the server names a wrong cell by its row and column', () => {
  expect(placeOf('table.rows[2][1]')).toEqual({ row: 2, column: 1 })
  expect(placeOf('cells[0]')).toEqual({ row: null, column: 0 })
  expect(placeOf('table.version')).toBe(null)
})
