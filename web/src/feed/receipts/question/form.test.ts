import { expect, test } from 'vitest'
import type { Question } from '../../../api/types'
import { answerOf, emptyQuestion, questionOf, said } from './form'

const choice: Question = { type: 'choice', text: '哪天?', choices: ['周一', '周二'], several: true }
const amount: Question = { type: 'number', text: '几单?', unit: '单' }

test('empty lines among the choices are none', () => {
  const form = { ...emptyQuestion, text: '哪天?', choices: ['周一', ' ', '周二 '] }
  expect(questionOf(form)).toEqual({ type: 'choice', text: '哪天?', choices: ['周一', '周二'], several: false })
})

test('choices are sent in their order, and nothing chosen is no answer', () => {
  expect(answerOf(choice, { chosen: [1, 0], typed: '' })).toEqual({ type: 'choice', chosen: [0, 1] })
  expect(answerOf(choice, { chosen: [], typed: '' })).toBeNull()
})

test('a number may be typed with separators; what is none is no answer', () => {
  expect(answerOf(amount, { chosen: [], typed: '1,200.5' })).toEqual({ type: 'number', value: 1200.5 })
  for (const typed of ['', ' ', '三', '1e400']) expect(answerOf(amount, { chosen: [], typed })).toBeNull()
})

test('an answer reads in the words of its question', () => {
  expect(said(choice, { type: 'choice', chosen: [0, 1] })).toBe('周一、周二')
  expect(said(amount, { type: 'number', value: 3 })).toBe('3 单')
})
