// What # offers: my frequent topics, the official ones, what is talked about. Asked for once in a while, looked through at every letter.
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { TopicChoices, TopicPage, TopicView } from '../../api/generated'
import { say } from '../../i18n/i18n'
import { store } from '../../live/store'
import type { Named, NameSearch } from '../../ui/names'
import { folded, nameIn } from '../filter/filter'

const FRESH = 30_000
const FIRST = 6
let kept: { at: number; stamp: string; asked: Promise<TopicChoices> } | null = null

/** Of this person's session; asked anew when an official topic has changed. */
function choices(): Promise<TopicChoices> {
  const stamp = `${store.generation} ${store.version('topic')}`
  if (kept === null || kept.stamp !== stamp || Date.now() - kept.at > FRESH) {
    const asked = api.get<TopicChoices>('/topics').then((answer) => answer.data)
    asked.catch(() => (kept = null))
    kept = { at: Date.now(), stamp, asked }
  }
  return kept.asked
}

export type Source = keyof TopicChoices
export const sources: readonly Source[] = ['mine', 'official', 'hot']

export interface Offer {
  topic: TopicView
  from: Source[]
}

/** Each topic once, in the order of the sources, with every source it comes from. Pure. */
export function offers(found: TopicChoices, q: string): Offer[] {
  const sought = folded(q.trim())
  const all = new Map<string, Offer>()
  for (const source of sources) {
    const fitting = found[source].filter(({ name, keys }) => [folded(name), ...keys].some((key) => key.includes(sought)))
    for (const topic of sought ? fitting : fitting.slice(0, FIRST)) {
      const key = topic.keys[0] ?? topic.name
      const known = all.get(key)
      if (known) known.from.push(source)
      else all.set(key, { topic, from: [source] })
    }
  }
  return [...all.values()]
}

function named({ topic, from }: Offer, at: number): Named {
  return { kind: 'topic', id: at + 1, name: topic.name, hint: from.map((one) => say(`topics.${one}`)).join(' · ') }
}

/** Only topics that are there. */
export const existingTopics: NameSearch = async (q) => offers(await choices(), q).slice(0, 20).map(named)

/** And what is typed, as a topic of its own. */
export const topicSearch: NameSearch = async (q) => {
  const found = offers(await choices().catch(() => ({ mine: [], official: [], hot: [] })), q)
  const name = nameIn(q)
  const isNew = name !== null && !found.some(({ topic }) => [folded(topic.name), ...topic.keys].includes(folded(name)))
  return [...found.slice(0, 20).map(named), ...(isNew ? [{ kind: 'topic' as const, id: 0, name, hint: say('topics.new') }] : [])]
}

/** What the server says of a topic, and how many of its posts I may see. */
export function useTopic(name: string | null) {
  return useQuery({
    queryKey: ['topic', name === null ? '' : folded(name)],
    enabled: name !== null,
    queryFn: async ({ signal }) => (await api.get<TopicPage>('/topics/page', { query: { name: name ?? '' }, signal })).data,
  })
}
