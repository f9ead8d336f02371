// The plain-text half of a composer: mentions and topics as people see them («@张伟», «#春季发布#») against the stored form, numbered lists.
// Pure functions, used by ui/useComposer.ts and ui/MentionTextarea.tsx.
export interface Mentioned {
  /** What stands after the @, or between two #, in the text field. */
  label: string
  name: string
  kind: 'person' | 'department' | 'everyone' | 'topic' | 'sticker'
  /** A topic is nothing but its name: 0. */
  id: number
}

/** As it stands in the text field. */
export function inField({ kind, label }: Pick<Mentioned, 'kind' | 'label'>): string {
  if (kind === 'sticker') return `[${label}]`
  return kind === 'topic' ? `#${label}#` : `@${label}`
}

/** «@张伟» → «@[张伟](person:17)», longest labels first, so that 张伟 does not eat the start of 张伟强. */
export function toMarkdown(text: string, mentioned: readonly Mentioned[]): string {
  const byLength = [...mentioned].sort((a, b) => b.label.length - a.label.length)
  let out = ''
  for (let i = 0; i < text.length; ) {
    const hit = '@#['.includes(text[i] ?? ' ') ? byLength.find((m) => text.startsWith(inField(m), i)) : undefined
    if (hit) {
      const name = hit.name.replace(/[[\]]/g, '')
      out += hit.kind === 'topic' ? `#[${name}](topic)` : `${hit.kind === 'sticker' ? ':' : '@'}[${name}](${hit.kind}:${hit.id})`
      i += inField(hit).length
    } else {
      out += text[i]
      i += 1
    }
  }
  return out
}

const STORED = /@\[([^\]\n]{1,100})\]\((person|department|everyone):(\d{1,15})\)/g

const STORED_STICKER = /:\[([^\]\n]{1,20})\]\(sticker:(\d{1,15})\)/g
const STORED_TOPIC = /#\[([^\]\n]{1,30})\]\(topic\)/g

/** The way back, for changing what was written: «@[张伟](person:17)» → «@张伟». Two of one name get two labels. */
export function fromMarkdown(markdown: string): { text: string; mentioned: Mentioned[] } {
  const mentioned: Mentioned[] = []
  const text = markdown.replace(STORED, (_all, name: string, kind: Mentioned['kind'], digits: string) => {
    const id = Number(digits)
    const label = labelFor(name, '', kind, id, mentioned)
    if (!mentioned.some((m) => m.label === label)) mentioned.push({ label, name, kind, id })
    return `@${label}`
  })
  const plain = text.replace(STORED_STICKER, (_all, name: string, digits: string) => {
    const sticker = stickerNamed(name, Number(digits), mentioned)
    if (!mentioned.some((m) => m.kind === 'sticker' && m.label === sticker.label)) mentioned.push(sticker)
    return inField(sticker)
  })
  return {
    text: plain.replace(STORED_TOPIC, (_all, name: string) => {
      if (!mentioned.some((m) => m.kind === 'topic' && m.name === name)) mentioned.push(topicNamed(name))
      return `#${name}#`
    }),
    mentioned,
  }
}

/** As it stands among what is written already. */
export function stickerNamed(name: string, id: number, taken: readonly Mentioned[]): Mentioned {
  return { label: labelFor(name, '', 'sticker', id, taken.filter((m) => m.kind === 'sticker')), name, kind: 'sticker', id }
}

export function topicNamed(name: string): Mentioned {
  return { label: name, name, kind: 'topic', id: 0 }
}

export function mentionsIn(text: string, mentioned: readonly Mentioned[]): Mentioned[] {
  return mentioned.filter((m) => text.includes(inField(m)))
}

/** Two people of one name need two labels. */
export function labelFor(name: string, hint: string, kind: string, id: number, taken: readonly Mentioned[]): string {
  const clash = taken.some((m) => m.label === name && (m.kind !== kind || m.id !== id))
  return clash ? `${name}(${hint || id})` : name
}

/** The word being typed after an @ just before the caret, or null. Letters before the @ mean an e-mail address. */
export function mentionQuery(text: string, caret: number): string | null {
  const found = /(?:^|[^A-Za-z0-9._%+-])@([^\s@，。！？、；：()（）[\]]{0,20})$/u.exec(text.slice(Math.max(0, caret - 40), caret))
  return found ? (found[1] ?? '') : null
}

const NAME = '[^\\s#@[\\]，。！？、；：()（）]{0,30}'
const TYPING = new RegExp(`(?:^|[^A-Za-z0-9&/#])#(${NAME})$`, 'u')
const TYPED = new RegExp(`(?:^|[^A-Za-z0-9&/#])#(${NAME})#$`, 'u')

/** The name being typed after a # just before the caret, or null. The # that ends a topic begins none. */
export function topicQuery(text: string, caret: number, mentioned: readonly Mentioned[]): string | null {
  const before = text.slice(Math.max(0, caret - 60), caret)
  const found = TYPING.exec(before)
  if (!found) return null
  const end = before.slice(0, before.length - (found[1] ?? '').length)
  return mentioned.some((m) => m.kind === 'topic' && end.endsWith(inField(m))) ? null : (found[1] ?? '')
}

/** The name of a topic that was just closed by its second #, typed by hand. */
export function topicTyped(text: string, caret: number, mentioned: readonly Mentioned[]): string | null {
  const before = text.slice(Math.max(0, caret - 60), caret)
  const name = TYPED.exec(before)?.[1]
  // «#甲#乙#»: the middle # ended 甲 already.
  const start = before.slice(0, before.length - (name ?? '').length - 1)
  return name && !mentioned.some((m) => m.kind === 'topic' && start.endsWith(inField(m))) ? name : null
}

export interface Edit {
  text: string
  caret: number
}

/** A new line inside «2. something» begins «3. »; on an empty item it ends the list. Null: nothing special here. */
export function continueList(text: string, caret: number): Edit | null {
  const start = text.lastIndexOf('\n', caret - 1) + 1
  const line = text.slice(start, caret)
  const found = /^(\s*)(?:(\d{1,4})([.)])|([-*+]))\s(.*)$/.exec(line)
  if (!found) return null
  const [, indent = '', digits, dot = '.', bullet, rest = ''] = found
  if (!rest.trim()) return { text: text.slice(0, start) + text.slice(caret), caret: start }
  const mark = bullet ?? `${Number(digits) + 1}${dot}`
  const inserted = `\n${indent}${mark} `
  return { text: text.slice(0, caret) + inserted + text.slice(caret), caret: caret + inserted.length }
}

/** The toolbar's button: makes the lines of the selection a numbered list, or plain again. */
export function toggleNumbers(text: string, from: number, to: number): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const endAt = text.indexOf('\n', to)
  const end = endAt === -1 ? text.length : endAt
  const lines = text.slice(start, end).split('\n')
  const numbered = lines.every((line) => /^\s*\d{1,4}[.)]\s/.test(line))
  const before = /(?:^|\n)(\d{1,4})[.)]\s[^\n]*\n$/.exec(text.slice(0, start))
  const first = before ? Number(before[1]) + 1 : 1
  const changed = lines
    .map((line, i) => (numbered ? line.replace(/^(\s*)\d{1,4}[.)]\s/, '$1') : `${first + i}. ${line}`))
    .join('\n')
  return { text: text.slice(0, start) + changed + text.slice(end), caret: start + changed.length }
}
