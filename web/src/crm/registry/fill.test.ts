import { describe, expect, it } from 'vitest'
import { customer } from '../fixtures'
import { firstTicked, offersOf } from './fill'
import type { Registration } from './wire'

const kind = { ...customer, registry: { field: 'registered_name', fills: { name: 'name', phone: 'phone', address: 'address', email: 'email' } } }
const told = {
  ref: 'code:1', name: '腾讯', phone: '075586013388', email: 'a@b.cn',
  address: { country: '', province: '广东省', city: '深圳市', district: '', street: '科技路', postcode: '' },
} as Registration

describe('filling in from a registration', () => {
  it('ticks what is empty and only offers what was typed', () => {
    const offers = offersOf(kind, told, { name: '腾讯科技', address: null })
    expect(offers.map((one) => one.field.name)).toEqual(['name', 'phone', 'address'])
    expect(firstTicked(offers)).toEqual(['phone', 'address'])
  })
  it('offers nothing that stands there already, is masked, or is no field', () => {
    expect(offersOf(kind, told, { name: '腾讯', phone: { masked: '075***' }, address: told.address as never })).toEqual([])
    expect(offersOf(customer, told, {})).toEqual([])
  })
})
