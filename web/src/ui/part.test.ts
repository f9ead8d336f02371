import { afterEach, expect, test, vi } from 'vitest'

const PAGE = JSON.stringify({ names: ['assets/a.js', 'assets/b.css', 'assets/c.js'], parts: { 'feed/A': [0, 1], 'feed/B': [0, 2] } })

async function fresh(): Promise<typeof import('./part')> {
  vi.resetModules()
  document.body.innerHTML = `<script type="application/json" id="parts">${PAGE}</script>`
  return import('./part')
}

afterEach(() => vi.unstubAllGlobals())

test('a part is imported once its files have arrived, each fetched once', async () => {
  const { part } = await fresh()
  const asked = vi.fn((_path: string) => Promise.resolve(new Response('')))
  vi.stubGlobal('fetch', asked)
  expect(await part(() => Promise.resolve('A'), 'feed/A')).toBe('A')
  expect(await part(() => Promise.resolve('B'), 'feed/B')).toBe('B')
  expect(asked.mock.calls.map(([path]) => path)).toEqual(['/assets/a.js', '/assets/b.css', '/assets/c.js'])
})

test('without a network it is imported when the network is back, and not before', async () => {
  const { part } = await fresh()
  let isOnline = false
  const asked = vi.fn((_path: string) => (isOnline ? Promise.resolve(new Response('')) : Promise.reject(new TypeError('offline'))))
  vi.stubGlobal('fetch', asked)
  const load = vi.fn(() => Promise.resolve('A'))
  const coming = part(load, 'feed/A')
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
  expect(load).not.toHaveBeenCalled()
  isOnline = true
  dispatchEvent(new Event('online'))
  expect(await coming).toBe('A')
})

test('what is no longer there is left to the import, which says so', async () => {
  const { part } = await fresh()
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })))
  await expect(part(() => Promise.reject(new TypeError('gone')), 'feed/A')).rejects.toThrow('gone')
})
