import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Bootstrap, Me, Post } from '../../api/types'
import { boot, me } from '../../live/bootstrap'
import { carry } from '../../live/carry'
import { connection } from '../../live/connection'
import { outbox } from '../../live/outbox'
import { store } from '../../live/store'
import { drafts } from '../../ui/drafts'
import '../published'
import { SHARE } from './form'
import { useShare } from './useShare'

let person = 500
const sales = { kind: 'department' as const, id: 3, name: '销售一部', hint: '' }
const post = (text: string): Post => ({
  id: 9, kind: 'share', author_id: person, text, version: 1, created_at: '2026-06-01T02:00:00Z', edited_at: null,
  audience: { everyone: false, departments: [3], people: [] }, mentions: { people: [], departments: [] }, receipts: null, by_id: null,
})
type Reply = 'lost' | { status: number; body: object }
let sent: { key: string; body: { text: string } }[] = []

function server(...replies: Reply[]): void {
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as { text: string }
    sent.push({ key: (init.headers as Record<string, string>)['Idempotency-Key'] ?? '', body })
    const reply = replies.shift() ?? 'lost'
    if (reply === 'lost') throw new TypeError('offline')
    return new Response(JSON.stringify(reply.body), {
      status: reply.status,
      headers: { 'content-type': 'application/json', 'tenfour-seq': '50' },
    })
  })
}
const taken = (text: string): Reply => ({
  status: 201,
  body: { ...post(text), not_notified: { people: [], departments: [] } },
})

beforeEach(async () => {
  person += 1
  sent = []
  server()
  store.reset(1, [])
  connection.set('online')
  const mine = { person: { id: person, name: '张伟', department_ids: [] }, capabilities: {} } as unknown as Me
  me.set(mine)
  boot.set({ me: mine } as unknown as Bootstrap)
  await outbox.start(person, carry)
})
afterEach(() => {
  outbox.stop()
  vi.unstubAllGlobals()
})

function compose(text: string) {
  const done = vi.fn()
  const hook = renderHook(() => useShare(done))
  act(() => {
    hook.result.current.composer.setText(text)
  })
  act(() => hook.result.current.setForm({ audience: [sales] }))
  return { ...hook, done }
}
const settled = (): Promise<void> => act(() => new Promise<void>((resolve) => setTimeout(resolve, 20)))

test('a published share clears its draft and closes the composer', async () => {
  server(taken('你好'))
  const { result, done } = compose('你好')
  expect(drafts.read(person, SHARE).text).toBe('你好')
  act(() => result.current.publish())
  await settled()
  expect(done).toHaveBeenCalledOnce()
  expect(store.get('post', 9)?.text).toBe('你好')
  expect(drafts.read(person, SHARE).text).toBe('')
  expect(drafts.readForm(person, SHARE)).toBeNull()
})

test('a refusal keeps the draft, says what is wrong at its field and frees the id', async () => {
  const refusal = { status: 422, code: 'invalid', errors: [{ field: 'receipts.due_at', code: 'past', detail: '' }] }
  server({ status: 422, body: refusal }, taken('你好'))
  const { result, done } = compose('你好')
  act(() => result.current.publish())
  await settled()
  expect(done).not.toHaveBeenCalled()
  expect(result.current.errors.due?.code).toBe('past')
  expect(drafts.read(person, SHARE).text).toBe('你好')
  expect(outbox.acts.get()).toEqual([])
  act(() => result.current.publish())
  await settled()
  expect(new Set(sent.map((s) => s.key)).size).toBe(2)
})

test('pressing twice sends once', async () => {
  server(taken('你好'))
  const { result } = compose('你好')
  act(() => {
    result.current.publish()
    result.current.publish()
  })
  act(() => result.current.publish())
  await settled()
  expect(sent).toHaveLength(1)
})

test('a lost answer is asked for again under the same id, and the composer need not wait', async () => {
  server('lost', taken('你好'))
  connection.set('offline')
  const { result, done } = compose('你好')
  act(() => result.current.publish())
  await settled()
  expect(done).toHaveBeenCalledOnce()
  expect(outbox.acts.get()).toHaveLength(1)
  act(() => outbox.flush())
  await settled()
  expect(outbox.acts.get()).toEqual([])
  expect(sent).toHaveLength(2)
  expect(sent[0]?.key).toBe(sent[1]?.key)
})

test('nothing is sent while something is missing', () => {
  server()
  const done = vi.fn()
  const { result } = renderHook(() => useShare(done))
  act(() => result.current.publish())
  expect(Object.keys(result.current.errors).sort()).toEqual(['audience', 'text'])
  expect(sent).toEqual([])
})

test('text and audience survive closing the composer', () => {
  const first = compose('还没写完')
  first.unmount()
  const { result } = renderHook(() => useShare(() => {}))
  expect(result.current.composer.text).toBe('还没写完')
  expect(result.current.form.audience).toEqual([sales])
})
