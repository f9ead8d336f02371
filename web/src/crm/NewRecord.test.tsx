import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Me } from '../api/types'
import { me } from '../live/bootstrap'
import { putChange } from '../live/answers'
import { store } from '../live/store'
import { customer, rowOf } from './fixtures'
import NewRecord from './NewRecord'

const person = { id: 17, name: '张伟', kind: 'employee', title: '', staff_number: '', phone: '', email: '', department_ids: [], manager_id: null, state: 'active', left_at: null, away: [], about: '', picture: '', version: 1 }
const answers: { status: number; body: unknown }[] = []
let asked: { body: unknown; key: string | null }[] = []

beforeEach(() => {
  localStorage.clear()
  asked = []
  store.reset(1, [putChange('person', 17, person as never)])
  me.set({ person, capabilities: {}, company: { time_zone: 'Asia/Shanghai' } } as unknown as Me)
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    if (init.method !== 'POST') return new Promise(() => {})
    asked.push({ body: JSON.parse(String(init.body)), key: new Headers(init.headers).get('Idempotency-Key') })
    const { status, body } = answers.shift() ?? { status: 500, body: {} }
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'tenfour-seq': '5' } }))
  })
})
afterEach(() => vi.unstubAllGlobals())

function show(onMade = vi.fn()) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <NewRecord kind={customer} onMade={onMade} onClose={() => {}} />
      </MantineProvider>
    </QueryClientProvider>,
  )
  return onMade
}

test('a name is enough: it is mine, and in the store', async () => {
  answers.push({ status: 201, body: { item: rowOf({ id: 100, title: '远帆' }) } })
  const onMade = show()
  await userEvent.type(screen.getByLabelText(/客户名称/), '远帆')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect(asked.map((one) => one.body)).toEqual([{ fields: { name: '远帆' }, owner: 17 }])
  expect(onMade).toHaveBeenCalled()
  expect(store.get('row/customer', 100)?.title).toBe('远帆')
  expect(localStorage.length).toBe(0)
})

test('what was typed is there after a reload, and is sent once', async () => {
  show()
  await userEvent.type(screen.getByLabelText(/客户名称/), '远帆')
  await userEvent.click(screen.getByRole('button', { name: '重点' }))
  cleanup()
  answers.push({ status: 503, body: { code: 'unavailable' } }, { status: 201, body: { item: rowOf() } })
  show()
  expect(screen.getByLabelText<HTMLInputElement>(/客户名称/).value).toBe('远帆')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect(asked.map((one) => one.body)).toEqual(Array(2).fill({ fields: { name: '远帆', level: 'key' }, owner: 17 }))
  expect(asked[0]?.key).toBe(asked[1]?.key)
})

test('a refused field that the short form hides opens the whole one, with the sentence at the field', async () => {
  answers.push({ status: 422, body: { code: 'invalid', errors: [{ field: 'fields.phone', code: 'phone', detail: '' }] } })
  show()
  await userEvent.type(screen.getByLabelText(/客户名称/), '远帆')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect(screen.getByLabelText('电话').getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText('这不是有效的电话号码。')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})
