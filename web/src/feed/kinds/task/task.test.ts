import { expect, test } from 'vitest'
import { bodyOf, emptyForm, missing } from '../../share/form'
import type { Post } from '../../../api/types'
import { changedTask, formOfTask, task } from './task'

const ann = { kind: 'person', id: 7, name: 'Ann', hint: '' } as const

test('who is to do a task sees it, lines become its list, and nothing of the form itself is sent', () => {
  const details = { names: [ann], items: 'quote\n\n  contract ' }
  const body = bodyOf('x', { ...emptyForm, details }, [], task)
  expect(body.audience).toEqual({ everyone: false, departments: [], people: [7] })
  expect(body.details).toEqual({ people: [7], due_at: null, items: ['quote', 'contract'] })
})
test('a task needs somebody, and then nobody else has to see it', () => {
  const now = new Date('2026-06-01T02:00:00Z')
  expect(Object.keys(missing(false, emptyForm, now, task))).toEqual(['details', 'audience'])
  expect(missing(false, { ...emptyForm, details: { names: [ann] } }, now, task)).toEqual({})
  const late = { names: [ann], due_at: '2026-05-01T02:00:00Z' }
  expect(missing(false, { ...emptyForm, details: late }, now, task).details?.code).toBe('past')
})
test('of a changed task only what is other travels, and lines that stay keep their numbers', () => {
  const items = ['quote', 'contract'].map((text, at) => ({ number: at + 1, text, done_at: null, done_by: null }))
  const details = { kind: 'task', people: [7, 8], due_at: '2026-06-01T02:00:00Z', state: 'open', done_at: null, done_by: null, items } as const
  const post = { details } as unknown as Post
  expect(changedTask(formOfTask(post), post)).toBeNull()
  const bob = { kind: 'person', id: 9, name: 'Bob', hint: '' } as const
  const form = { names: [ann, bob], due_at: null, items: 'contract\nsend it' }
  expect(changedTask(form, post)).toEqual({
    details: { people: [7, 9], due_at: null, items: [{ text: 'contract', number: 2 }, { text: 'send it', number: null }] },
    people: [9],
  })
})
