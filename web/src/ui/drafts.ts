// Unsent text per person and place, in localStorage, so that nothing typed is lost; removed only by sending,
// emptying or an explicit sign-out.
import type { Mentioned } from './composing'

export interface Draft {
  text: string
  mentioned: Mentioned[]
}
const PREFIX = 'tenfour.draft.'
const empty: Draft = { text: '', mentioned: [] }

function key(person: number, place: string): string {
  return `${PREFIX}${person}.${place}`
}

export const drafts = {
  read(person: number, place: string): Draft {
    try {
      const kept = localStorage.getItem(key(person, place))
      return kept ? { ...empty, ...(JSON.parse(kept) as Draft) } : empty
    } catch {
      return empty
    }
  },
  write(person: number, place: string, draft: Draft): void {
    try {
      if (draft.text.trim()) localStorage.setItem(key(person, place), JSON.stringify(draft))
      else localStorage.removeItem(key(person, place))
    } catch {
      /* full or forbidden: the text still stands in the field */
    }
  },
  /** Any other unsent form (who may read a share, its due time …), kept the same way. */
  readForm<T>(person: number, place: string): T | null {
    try {
      return JSON.parse(localStorage.getItem(key(person, `${place}.form`)) ?? 'null') as T | null
    } catch {
      return null
    }
  },
  writeForm(person: number, place: string, form: unknown): void {
    try {
      if (form === null) localStorage.removeItem(key(person, `${place}.form`))
      else localStorage.setItem(key(person, `${place}.form`), JSON.stringify(form))
    } catch {
      /* as above */
    }
  },
  clear(person: number): void {
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith(`${PREFIX}${person}.`)) localStorage.removeItem(name)
      }
    } catch {
      /* nothing was kept */
    }
  },
}
