import { expect, test } from 'vitest'
import { refOfAddress } from './address'

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
