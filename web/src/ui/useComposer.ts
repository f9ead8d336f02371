// The state of one composer: text, who is mentioned in it, kept as a draft of its place.
import { useCallback, useEffect, useState } from 'react'
import { type Mentioned, mentionsIn, toMarkdown } from './composing'
import { drafts } from './drafts'

export interface Composer {
  text: string
  mentioned: Mentioned[]
  setText: (text: string) => void
  addMention: (mention: Mentioned) => void
  /** The stored form of what is written now. */
  markdown: () => string
  isEmpty: boolean
  clear: () => void
  /** Puts a text back (a message that could not be sent, a chosen template). */
  restore: (text: string, mentioned?: Mentioned[]) => void
}

export function useComposer(person: number, place: string): Composer {
  const [draft, setDraft] = useState(() => ({ place, ...drafts.read(person, place) }))
  // Another place in the same component: its own draft, in the same render.
  const current = draft.place === place ? draft : { place, ...drafts.read(person, place) }
  if (current !== draft) setDraft(current)
  const { text, mentioned } = current

  useEffect(() => {
    drafts.write(person, place, { text, mentioned: mentionsIn(text, mentioned) })
  }, [person, place, text, mentioned])

  const setText = useCallback((next: string) => setDraft((d) => ({ ...d, text: next })), [])
  const addMention = useCallback(
    (mention: Mentioned) =>
      setDraft((d) => ({
        ...d,
        mentioned: [...d.mentioned.filter((m) => m.label !== mention.label), mention],
      })),
    [],
  )
  const restore = useCallback(
    (next: string, who: Mentioned[] = []) => setDraft((d) => ({ ...d, text: next, mentioned: who })),
    [],
  )
  const clear = useCallback(() => restore(''), [restore])
  const markdown = useCallback(() => toMarkdown(text, mentioned).trim(), [text, mentioned])
  return { text, mentioned, setText, addMention, markdown, isEmpty: !text.trim(), clear, restore }
}
