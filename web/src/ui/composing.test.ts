import { expect, test } from 'vitest'
import { continueList, fromMarkdown, labelFor, mentionQuery, stickerNamed, toggleNumbers, toMarkdown, topicNamed, topicQuery, topicTyped } from './composing'

const zhang = { label: '张伟', name: '张伟', kind: 'person', id: 17 } as const
const zhangQiang = { label: '张伟强', name: '张伟强', kind: 'person', id: 18 } as const

test('mentions are stored with their ids, the longest name first', () => {
  expect(toMarkdown('@张伟强 和@张伟 看一下', [zhang, zhangQiang])).toBe('@[张伟强](person:18) 和@[张伟](person:17) 看一下')
  expect(toMarkdown('mail a@b.cn', [zhang])).toBe('mail a@b.cn')
})

test('a sticker stands in the field under its name and is stored with its number', () => {
  const cheers = stickerNamed('干杯', 3, [])
  const other = stickerNamed('干杯', 4, [cheers])
  expect(toMarkdown('好[干杯]和[干杯(4)] [x]', [cheers, other])).toBe('好:[干杯](sticker:3)和:[干杯](sticker:4) [x]')
  const back = fromMarkdown('好:[干杯](sticker:3)')
  expect(back).toEqual({ text: '好[干杯]', mentioned: [cheers] })
})

test('a second person of the same name gets a label of their own', () => {
  expect(labelFor('张伟', '华东', 'person', 99, [zhang])).toBe('张伟(华东)')
  expect(labelFor('张伟', '华东', 'person', 17, [zhang])).toBe('张伟')
})

test('an @ after Han text asks for a name, inside an address it does not', () => {
  expect(mentionQuery('请@张', 3)).toBe('张')
  expect(mentionQuery('@', 1)).toBe('')
  expect(mentionQuery('me@example', 10)).toBeNull()
  expect(mentionQuery('@张伟 好', 5)).toBeNull()
})

test('Enter inside a numbered list goes on counting and an empty item ends it', () => {
  expect(continueList('1. 看', 4)).toEqual({ text: '1. 看\n2. ', caret: 8 })
  expect(continueList('1. 看\n2. ', 8)).toEqual({ text: '1. 看\n', caret: 5 })
  expect(continueList('hello', 5)).toBeNull()
})

test('the button numbers the chosen lines and takes the numbers away again', () => {
  const numbered = toggleNumbers('a\nb', 0, 3)
  expect(numbered.text).toBe('1. a\n2. b')
  expect(toggleNumbers(numbered.text, 0, numbered.text.length).text).toBe('a\nb')
})

test('what was stored is taken back into a composer and stored alike', () => {
  const stored = '@[张伟](person:17) 和 @[张伟](person:99)，@[销售一部](department:3) 看一下 a@b.cn'
  const { text, mentioned } = fromMarkdown(stored)
  expect(text).toBe('@张伟 和 @张伟(99)，@销售一部 看一下 a@b.cn')
  expect(toMarkdown(text, mentioned)).toBe(stored)
})

test('a topic stands between two # and is stored as one', () => {
  const spring = topicNamed('春季发布')
  expect(toMarkdown('#春季发布# 和 #别的# @张伟', [spring, zhang])).toBe('#[春季发布](topic) 和 #别的# @[张伟](person:17)')
  const { text, mentioned } = fromMarkdown('看 #[春季发布](topic)，#[春季发布](topic) @[张伟](person:17)')
  expect(text).toBe('看 #春季发布#，#春季发布# @张伟')
  expect(toMarkdown(text, mentioned)).toBe('看 #[春季发布](topic)，#[春季发布](topic) @[张伟](person:17)')
})

test('a # asks for a topic where one can begin, and its second # ends it', () => {
  expect(topicQuery('请看#春', 4, [])).toBe('春')
  expect(topicQuery('#', 1, [])).toBe('')
  expect(topicQuery('C#', 2, [])).toBeNull()
  expect(topicQuery('# 标题', 4, [])).toBeNull()
  const spring = topicNamed('春季发布')
  expect(topicQuery('#春季发布#', 6, [spring])).toBeNull()
  expect(topicTyped('说#春季发布#', 7, [])).toBe('春季发布')
  expect(topicTyped('##', 2, [])).toBeNull()
  expect(topicTyped('#春季发布#后来#', 9, [spring])).toBeNull()
})
