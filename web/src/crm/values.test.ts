import { expect, test } from 'vitest'
import { addressText, decimalOf, grouped, isEmpty, moneyText, phoneText, sameValue, sent } from './values'

test('money is grouped digit by digit, however long it is', () => {
  expect(moneyText('2185', 'CNY')).toBe('¥2,185.00')
  expect(moneyText('-12345678901234567.8900', 'USD')).toBe('-US$12,345,678,901,234,567.8900')
  expect(moneyText('1', 'CHF')).toBe('CHF 1.00')
  expect(grouped('1200.500', null)).toBe('1,200.5')
  expect(grouped('12', 1)).toBe('12.0')
})

test('what is typed as a number may be full-width, grouped, or in ten thousands', () => {
  expect(decimalOf(' １２，０００．５ ')).toBe('12000.5')
  expect(decimalOf('1.5万')).toBe('15000')
  expect(decimalOf('0.00015万')).toBe('1.5')
  expect(decimalOf('3亿')).toBe('300000000')
  expect(decimalOf('¥1,000')).toBe('1000')
  expect(decimalOf('.5')).toBe('0.5')
  expect(decimalOf('about five')).toBe('about five')
  expect(decimalOf('')).toBe('')
})

test('a mobile number is read in groups', () => {
  expect(phoneText('+8613800001234')).toBe('138 0000 1234')
  expect(phoneText('+862161234567')).toBe('+86 2161234567')
  expect(phoneText('+442079460000')).toBe('+442079460000')
})

test('an address goes from large to small in Chinese, and the other way in English', () => {
  const address = { country: '', province: '上海市', city: '上海市', district: '浦东新区', street: '世纪大道 100 号', postcode: '200120' }
  expect(addressText(address, 'zh-Hans')).toBe('上海市浦东新区世纪大道 100 号 200120')
  expect(addressText({ ...address, street: '100 Century Ave' }, 'en')).toBe('100 Century Ave, 浦东新区, 上海市 200120')
})

test('empty is null on the way, and a link is its id', () => {
  const nowhere = { country: '', province: '', city: '', district: '', street: '', postcode: '' }
  expect([sent(''), sent(undefined), sent(nowhere)]).toEqual([null, null, null])
  expect(sent({ kind: 'customer', id: 9, title: 'x' })).toBe(9)
  expect([isEmpty([]), isEmpty(nowhere), isEmpty(false), isEmpty('0')]).toEqual([true, true, false, false])
  expect(sameValue({ ...nowhere, street: 'a' }, { street: 'a', postcode: '', district: '', city: '', province: '', country: '' })).toBe(true)
  expect(sameValue('a', null)).toBe(false)
})
