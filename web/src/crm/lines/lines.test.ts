import { describe, expect, it } from 'vitest'
import type { LineColumn } from '../wire'
import { amountOf, cellOf, sumOf, tidied } from './lines'

const column = (name: string, type: LineColumn['type'], factor: boolean): LineColumn => ({
  name, type, factor, words: { 'zh-Hans': name, en: name }, required: false, choices: [], max_length: null, decimals: 4, unit: null, currency: null,
})
const COLUMNS = [column('product', 'text', false), column('quantity', 'number', true), column('price', 'money', true), column('share', 'percent', true)]
const line = (quantity: string, price: string | null, share = '100') => ({ product: 'x', quantity, price, share })

describe('lines', () => {
  it('come to what the server makes of them', () => {
    // The same as in tests/crm_objects/test_lines.py.
    const lines = [line('3', '0.335'), line('0.0001', '0.0001'), line('2', '-12.345', '50'), line('10', null), line('99999999', '99999.9999', '33.33')]
    expect(lines.map((one) => amountOf(COLUMNS, one))).toEqual(['1.01', '0.00', '-12.35', '0.00', '3332999963337.00'])
    expect(sumOf(COLUMNS, lines)).toBe('3332999963325.66')
  })
  it('show prices to the cent, and further only where there is something', () => {
    const price = column('price', 'money', true)
    expect(['50000.0000', '0.3350', '1.2345'].map((one) => cellOf(price, { price: one }))).toEqual(['50000.00', '0.335', '1.2345'])
  })
  it('have no amount while a number is being typed', () => {
    expect(amountOf(COLUMNS, line('1-', '1'))).toBeNull()
  })
  it('are sent without empty ones and with tidy numbers', () => {
    expect(tidied(COLUMNS, [line('1,000', '２'), { product: ' ' }])).toEqual([{ product: 'x', quantity: '1000', price: '2', share: '100' }])
  })
})
