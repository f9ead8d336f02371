import { beforeEach, expect, test } from 'vitest'
import { ApiProblem } from '../api/problem'
import { connection } from './connection'
import { type Act, type NewAct, Outbox } from './outbox'

const tick = (ms = 5): Promise<void> => new Promise((done) => setTimeout(done, ms))
const message = (text: string, conversation = 7): NewAct => ({ kind: 'message', conversation, text, mentions: { people: [], everyone: false }, reply_to: null })
const texts = (acts: readonly Act[]): string[] => acts.map((act) => (act.kind === 'message' ? act.text : 'receipt'))
let person = 0

beforeEach(() => {
  person += 1
  connection.set('online')
})

test('messages of one conversation go one after the other, others beside them', async () => {
  const box = new Outbox()
  const running: string[] = []
  const done: (() => void)[] = []
  await box.start(person, (act) => {
    running.push(...texts([act]))
    return new Promise((resolve) => done.push(resolve))
  })
  box.add(message('a'))
  box.add(message('b'))
  box.add(message('x', 8))
  await tick()
  expect(running).toEqual(['a', 'x'])
  done[0]?.()
  await tick()
  expect(running).toEqual(['a', 'x', 'b'])
})

test('a refused message holds those behind it until it is retried or discarded', async () => {
  const box = new Outbox()
  const sent: string[] = []
  let refuse = true
  await box.start(person, async (act) => {
    if (refuse && texts([act])[0] === 'a') throw new ApiProblem({ status: 422, code: 'invalid' })
    sent.push(...texts([act]))
  })
  const first = box.add(message('a'))
  box.add(message('b'))
  await tick()
  expect(sent).toEqual([])
  expect(box.acts.get().map((act) => act.state)).toEqual(['failed', 'pending'])
  refuse = false
  box.retry(first.client_id)
  await tick()
  expect(sent).toEqual(['a', 'b'])
  expect(box.acts.get()).toEqual([])
})

test('discarding a refused message lets the next one go', async () => {
  const box = new Outbox()
  const sent: string[] = []
  await box.start(person, async (act) => {
    if (texts([act])[0] === 'bad') throw new ApiProblem({ status: 403, code: 'removed' })
    sent.push(...texts([act]))
  })
  const bad = box.add(message('bad'))
  box.add(message('good'))
  await tick()
  box.discard(bad.client_id)
  await tick()
  expect(sent).toEqual(['good'])
})

test('what was not sent survives a reload, in order, with the same client id', async () => {
  const before = new Outbox()
  await before.start(person, () => new Promise(() => {}))
  const ids = [before.add(message('a')), before.add(message('b'))].map((act) => act.client_id)
  await tick(20)
  before.stop()
  const after = new Outbox()
  const sent: Act[] = []
  await after.start(person, async (act) => void sent.push(act))
  await tick(20)
  expect(sent.map((act) => act.client_id)).toEqual(ids)
  await tick(20)
  const again = new Outbox()
  await again.start(person, async () => {})
  expect(again.acts.get()).toEqual([])
})

test('nothing of another person is sent', async () => {
  const before = new Outbox()
  await before.start(person, () => new Promise(() => {}))
  before.add(message('mine'))
  await tick(20)
  before.stop()
  const after = new Outbox()
  await after.start(person + 1000, async () => {})
  expect(after.acts.get()).toEqual([])
})

test('without a connection a message stays pending and goes with the flush', async () => {
  connection.set('offline')
  const box = new Outbox()
  let away = true
  const sent: string[] = []
  await box.start(person, async (act) => {
    if (away) throw new ApiProblem({ status: 0, code: 'offline' })
    sent.push(...texts([act]))
  })
  box.add(message('a'))
  await tick()
  expect(box.acts.get()[0]?.state).toBe('pending')
  away = false
  connection.set('online')
  box.flush()
  await tick()
  expect(sent).toEqual(['a'])
})

test('a receipt the rules refuse leaves quietly: the card shows what is true', async () => {
  const box = new Outbox()
  await box.start(person, async () => {
    throw new ApiProblem({ status: 409, code: 'not_pending' })
  })
  box.add({ kind: 'receipt', post: 9, version: 1 })
  await tick()
  expect(box.acts.get()).toEqual([])
})
