import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api } from '../api/client'
import { Uploads } from './uploads'

const tick = (ms = 20): Promise<void> => new Promise((done) => setTimeout(done, ms))
const text = (name: string): File => new File(['一二三'], name, { type: 'text/plain' })
const file = (id: number, name: string) => ({ id, name, kind: 'text', size: 9, width: null, height: null })
let person = 0

beforeEach(() => {
  person += 1
})
afterEach(() => vi.restoreAllMocks())

/** A server that takes one part of nine bytes and answers the completion when told to. */
function server(): { posts: number; complete: () => void } {
  const told = { posts: 0, complete: (): void => undefined }
  const completed = new Promise<void>((done) => {
    told.complete = done
  })
  const upload = (state: string, received: number, one: unknown = null) => ({ data: { id: 5, name: 'a.txt', size: 9, state, received, chunk: 9, file: one } })
  vi.spyOn(api, 'post').mockImplementation(async () => {
    told.posts += 1
    return upload('uploading', 0) as never
  })
  vi.spyOn(api, 'get').mockImplementation(async () => upload('uploading', 9) as never)
  vi.spyOn(api, 'put').mockImplementation(async (path: string) => {
    if (!path.endsWith('/completion')) return upload('uploading', 9) as never
    await completed
    return upload('ready', 9, file(5, 'a.txt')) as never
  })
  return told
}

test('an upload goes on after a reload where it stopped, for whoever waits for it', async () => {
  const told = server()
  const before = new Uploads()
  before.start(person)
  before.add('chat/7', [text('a.txt')])
  await tick()
  const [key] = before.take('chat/7')
  await tick()

  const after = new Uploads()
  after.start(person)
  const waiting = after.ready([key ?? ''])
  await tick()
  expect(after.all.get().map(({ place, state }) => [place, state])).toEqual([[null, 'checking']])
  told.complete()
  expect((await waiting).map((one) => one.id)).toEqual([5])
  expect(told.posts).toBe(1)
})

test('what is ready stays with its composer after a reload, and is nobody elses', async () => {
  const told = server()
  const before = new Uploads()
  before.start(person)
  before.add('chat/7', [text('a.txt')])
  told.complete()
  await tick()
  const after = new Uploads()
  after.start(person)
  const other = new Uploads()
  other.start(person + 1_000)
  await tick()
  expect(after.at('chat/7').map(({ state, name }) => [state, name])).toEqual([['ready', 'a.txt']])
  expect(other.all.get()).toEqual([])
})

test('what was removed, sent or signed out of does not come back', async () => {
  const told = server()
  vi.spyOn(api, 'delete').mockImplementation(async () => ({ data: null }) as never)
  const before = new Uploads()
  before.start(person)
  before.add('chat/7', [text('a.txt'), text('b.txt'), text('c.txt')])
  told.complete()
  await tick()
  const [first, second] = before.at('chat/7').map((one) => one.key)
  before.cancel(first ?? '')
  before.forget(second ?? '')
  await tick()
  const again = new Uploads()
  again.start(person)
  await tick()
  expect(again.at('chat/7').map((one) => one.state)).toEqual(['ready'])
  await again.clear()
  const last = new Uploads()
  last.start(person)
  await tick()
  expect(last.all.get()).toEqual([])
})
