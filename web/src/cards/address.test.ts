import { expect, test } from 'vitest'
import { lastNamed, refOfAddress } from './address'

const here = 'https://work.example.cn'

test('a pasted address of a post or a conversation names the thing', () => {
  expect(refOfAddress(`${here}/posts/9`, here)).toEqual({ kind: 'post', id: 9 })
  expect(refOfAddress(`${here}/chat/7?at=12`, here)).toEqual({ kind: 'conversation', id: 7 })
  expect(refOfAddress(`${here}/crm/customer/99`, here)).toEqual({ kind: 'customer', id: 99 })
})

test('anything else is only text', () => {
  const others = [`${here}/posts/9 and more`, `${here}/posts/0`, `${here}/people`, 'https://elsewhere.cn/posts/9', '/posts/9', `${here}.evil.cn/posts/9`]
  for (const text of others) expect(refOfAddress(text, here)).toBeNull()
})

test('what is being written names a record by its address, its place or its number, the last of them counting', () => {
  const customer = { kind: 'customer', id: 99 }
  expect(lastNamed(`看一下${here}/crm/customer/99，谢谢`, here)).toEqual({ text: `${here}/crm/customer/99`, ref: customer })
  expect(lastNamed('see /crm/customer/99 please', here)).toEqual({ text: '/crm/customer/99', ref: customer })
  expect(lastNamed('客户K-000099今天来访', here)).toEqual({ text: 'K-000099', number: 'K-000099' })
  expect(lastNamed(`K-000099 ${here}/posts/9`, here)).toEqual({ text: `${here}/posts/9`, ref: { kind: 'post', id: 9 } })
  expect(lastNamed('/crm/customer/99 or C-000012', here)).toEqual({ text: 'C-000012', number: 'C-000012' })
})

test('words that only look alike name nothing', () => {
  const others = ['', 'XK-000099-1', 'k-99', 'ISO-9', '/crm/customer/99/edit', '/crm/customer', 'https://elsewhere.cn/crm/customer/99', `${here}/people`]
  for (const text of others) expect(lastNamed(text, here)).toBeNull()
})
