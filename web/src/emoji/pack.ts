// The emoji there are, and which of them were used lately on this device.
import type { Language } from '../api/types'
import listed from './pack.json'

export interface Emoji {
  text: string
  names: Record<Language, string>
}
type Group = 'faces' | 'hands' | 'work' | 'life'

const KEPT = 'tenfour.emoji'
const MOST_USED = 16

export const pack: readonly { group: Group; items: readonly Emoji[] }[] = listed.map(({ group, items }) => ({
  group: group as Group,
  items: items.map(([text = '', zh = '', en = '']) => ({ text, names: { 'zh-Hans': zh, en } })),
}))
const all = pack.flatMap(({ items }) => items)

/** By their names in either language. */
export function found(sought: string): Emoji[] {
  const wanted = sought.trim().toLocaleLowerCase()
  return all.filter((one) => one.text === wanted || Object.values(one.names).some((name) => name.toLocaleLowerCase().includes(wanted)))
}

export function used(): Emoji[] {
  try {
    const texts = JSON.parse(localStorage.getItem(KEPT) ?? '[]') as unknown
    if (!Array.isArray(texts)) return []
    return texts.flatMap((text) => all.find((one) => one.text === text) ?? [])
  } catch {
    return []
  }
}

export function noteUsed(emoji: Emoji): void {
  const texts = [emoji, ...used().filter((one) => one.text !== emoji.text)].slice(0, MOST_USED)
  try {
    localStorage.setItem(KEPT, JSON.stringify(texts.map((one) => one.text)))
  } catch {
    /* storage may be forbidden */
  }
}
