// The plain-text half of a composer: mentions as people see them («@张伟») against the stored form, numbered lists.
// Pure functions, used by ui/useComposer.ts and ui/MentionTextarea.tsx.
export interface Mentioned {
  /** What stands after the @ in the text field. */
  label: string
  name: string
  kind: 'person' | 'department' | 'everyone'
  id: number
}

/** «@张伟» → «@[张伟](person:17)», longest labels first, so that 张伟 does not eat the start of 张伟强. */
export function toMarkdown(text: string, mentioned: readonly Mentioned[]): string {
  const byLength = [...mentioned].sort((a, b) => b.label.length - a.label.length)
  let out = ''
  for (let i = 0; i < text.length; ) {
    const hit = text[i] === '@' ? byLength.find((m) => text.startsWith(m.label, i + 1)) : undefined
    if (hit) {
      out += `@[${hit.name.replace(/[[\]]/g, '')}](${hit.kind}:${hit.id})`
      i += 1 + hit.label.length
    } else {
      out += text[i]
      i += 1
    }
  }
  return out
}

const STORED = /@\[([^\]\n]{1,100})\]\((person|department|everyone):(\d{1,15})\)/g

/** The way back, for changing what was written: «@[张伟](person:17)» → «@张伟». Two of one name get two labels. */
export function fromMarkdown(markdown: string): { text: string; mentioned: Mentioned[] } {
  const mentioned: Mentioned[] = []
  const text = markdown.replace(STORED, (_all, name: string, kind: Mentioned['kind'], digits: string) => {
    const id = Number(digits)
    const label = labelFor(name, '', kind, id, mentioned)
    if (!mentioned.some((m) => m.label === label)) mentioned.push({ label, name, kind, id })
    return `@${label}`
  })
  return { text, mentioned }
}

export function mentionsIn(text: string, mentioned: readonly Mentioned[]): Mentioned[] {
  return mentioned.filter((m) => text.includes(`@${m.label}`))
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
