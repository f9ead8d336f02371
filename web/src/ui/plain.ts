// One line of plain text from Markdown, for list rows and titles; cheap, without the lexer.
import { say } from '../i18n/i18n'

const MENTION = /@\[([^\]\n]{1,100})\]\((person|department|everyone):\d{1,15}\)/g

export function plainLine(markdown: string, most = 120): string {
  const text = markdown
    .slice(0, most * 4)
    .replace(MENTION, (_all, name: string, kind: string) => `@${kind === 'everyone' ? say('ui.everyone') : name}`)
    .replace(/#\[([^\]\n]{1,30})\]\(topic\)/g, '#$1#')
    .replace(/:\[([^\]\n]{1,20})\]\(sticker:\d{1,15}\)/g, '[$1]')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^[ \t]*(?:>|#{1,6}|[-*+])[ \t]+/gm, '')
    .replace(/\*\*|~~|`+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > most ? `${text.slice(0, most)}…` : text
}
