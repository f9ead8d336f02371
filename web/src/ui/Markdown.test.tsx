import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Markdown } from './Markdown'
import { plainLine } from './plain'

const html = (text: string): string => render(<Markdown text={text} me={17} />).container.querySelector('div')?.innerHTML ?? ''

test('numbered lists are lists, and keep their first number', () => {
  expect(html('1. a\n2. b')).toBe('<ol start="1"><li>a</li><li>b</li></ol>')
  expect(html('3. c')).toContain('<ol start="3">')
})
test('bold works beside Chinese punctuation', () => {
  expect(html('**注意：**请确认')).toBe('<p><strong>注意：</strong>请确认</p>')
})
test('a bare address ends where ASCII ends', () => {
  expect(html('见https://a.cn/x，谢谢')).toContain('href="https://a.cn/x"')
})
test('HTML stays text', () => {
  expect(html('<img src=x onerror=alert(1)> <b>x</b>')).not.toMatch(/<img|<b>/)
  expect(html('<script>alert(1)</script>')).toContain('&lt;script&gt;')
})
test('only http and https are links', () => {
  expect(html('[x](javascript:alert(1))')).not.toContain('<a')
  expect(html('[x](data:text/html,1)')).not.toContain('<a')
  expect(html('[x](https://a.cn)')).toContain('rel="noopener noreferrer nofollow"')
})
test('mentions become chips and mine stands out', () => {
  expect(html('@[张伟](person:17) 看')).toContain('data-mine="true"')
  expect(html('@[everyone](everyone:0)')).toContain('@所有人')
})
test('a product of numbers is not italic', () => {
  expect(html('5*3*2')).toBe('<p>5*3*2</p>')
})
test('one plain line for lists', () => {
  expect(plainLine('**你好** @[张伟](person:17)\n1. 看')).toBe('你好 @张伟 1. 看')
})
test('entities and angle brackets are shown as typed', () => {
  expect(render(<Markdown text={'a < b && c &amp; d'} />).container.textContent).toBe('a < b && c &amp; d')
})
