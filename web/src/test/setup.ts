// What happy-dom lacks and Mantine asks for, and texts in Chinese unless a test chooses otherwise.
import { cleanup } from '@testing-library/react'
import 'fake-indexeddb/auto'
import { afterEach, beforeAll } from 'vitest'
import { moreTexts, startTranslations } from '../i18n/i18n'

window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => {},
  removeEventListener: () => {},
  addListener: () => {},
  removeListener: () => {},
  dispatchEvent: () => false,
})) as typeof window.matchMedia
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeAll(async () => {
  await startTranslations('zh-Hans')
  await moreTexts()
})
afterEach(cleanup)
