import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connection } from './connection'
import { Live } from './socket'
import { store } from './store'

class FakeSocket {
  static all: FakeSocket[] = []
  static OPEN = 1
  readyState = 1
  sent: unknown[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  constructor() {
    FakeSocket.all.push(this)
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.readyState = 3
  }
  hear(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  fall(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
}
const newest = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket
const ended = vi.fn()
const bootstrap = vi.fn(async () => 'fresh')
let live: Live

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  FakeSocket.all = []
  ended.mockClear()
  bootstrap.mockClear()
  live = new Live({ bootstrap, ended })
  live.start('c1')
  newest().onopen?.()
})
afterEach(() => {
  live.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const post = (id: number) => ({ op: 'put', kind: 'post', id, data: { id, text: 'x' } })

test('says hello with its cursor, takes events, and resumes from the last one', async () => {
  expect(newest().sent).toEqual([{ op: 'hello', cursor: 'c1' }])
  newest().hear({ op: 'ready', outcome: 'replay', cursor: 'c9' })
  expect(connection.get()).toBe('online')
  newest().hear({ op: 'events', seq: 900, cursor: 'c5', events: [{ seq: 900, type: 'post.published', at: '', actor: 1, echo: null, changes: [post(91)] }] })
  expect(store.get('post', 91)?.text).toBe('x')
  newest().fall()
  expect(connection.get()).toBe('resuming')
  await vi.advanceTimersByTimeAsync(1_000)
  newest().onopen?.()
  expect(newest().sent).toEqual([{ op: 'hello', cursor: 'c5' }])
})

test('after a reset it bootstraps and says hello again on the same socket', async () => {
  newest().hear({ op: 'ready', outcome: 'reset', cursor: '' })
  await vi.advanceTimersByTimeAsync(0)
  expect(bootstrap).toHaveBeenCalledOnce()
  expect(newest().sent).toEqual([{ op: 'hello', cursor: 'c1' }, { op: 'hello', cursor: 'fresh' }])
})

test('close 4401 ends the session, without coming back', async () => {
  newest().fall(4401)
  expect(ended).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(FakeSocket.all).toHaveLength(1)
})

test('a silent socket is dropped and opened again', async () => {
  newest().hear({ op: 'ready', outcome: 'nothing_missed', cursor: 'c1' })
  await vi.advanceTimersByTimeAsync(70_000)
  expect(FakeSocket.all.length).toBeGreaterThan(1)
})

test('resync says hello from our own cursor', () => {
  newest().hear({ op: 'ready', outcome: 'nothing_missed', cursor: 'c3' })
  newest().hear({ op: 'resync', cursor: 'elsewhere' })
  expect(newest().sent.at(-1)).toEqual({ op: 'hello', cursor: 'c3' })
})

test('when sockets keep failing while HTTP answers, it polls and stays online', async () => {
  let polls = 0
  vi.stubGlobal('fetch', async () => {
    polls += 1
    if (polls > 1) return new Promise(() => {})
    const body = { outcome: 'replay', seq: 950, cursor: 'c7', events: [{ seq: 950, type: 'x', at: '', actor: null, echo: null, changes: [post(95)] }] }
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
  })
  for (let i = 0; i < 3; i += 1) {
    newest().fall()
    await vi.advanceTimersByTimeAsync(3_000)
  }
  expect(store.get('post', 95)?.text).toBe('x')
  expect(connection.get()).toBe('online')
})

test('nothing is sent before the socket is ready', () => {
  expect(live.send({ op: 'typing', conversation: 7 })).toBe(false)
  newest().hear({ op: 'ready', outcome: 'nothing_missed', cursor: 'c1' })
  expect(live.send({ op: 'typing', conversation: 7 })).toBe(true)
})
