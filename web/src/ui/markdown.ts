// Markdown → tokens, with what Chinese writing and a chat need: mentions, bold beside Han punctuation, links that end
// where ASCII ends. No HTML is ever parsed or made; ui/Markdown.tsx turns the tokens into elements.
import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from 'marked'

export interface MentionToken {
  type: 'mention'
  raw: string
  name: string
  kind: 'person' | 'department' | 'everyone'
  id: number
}

export interface TopicToken {
  type: 'topic'
  raw: string
  name: string
}

export interface StickerToken {
  type: 'sticker'
  raw: string
  name: string
  id: number
}

const none = (): undefined => undefined

/** A text that is one sticker and nothing else. */
export function isSticker(text: string): boolean {
  return /^:\[[^\]\n]{1,20}\]\(sticker:\d{1,15}\)$/.test(text)
}

const sticker: TokenizerAndRendererExtension = {
  name: 'sticker',
  level: 'inline',
  start: (src) => src.indexOf(':['),
  tokenizer(src) {
    const found = /^:\[([^\]\n]{1,20})\]\(sticker:(\d{1,15})\)/.exec(src)
    if (!found) return undefined
    return { type: 'sticker', raw: found[0], name: found[1], id: Number(found[2]) }
  },
}

const topic: TokenizerAndRendererExtension = {
  name: 'topic',
  level: 'inline',
  start: (src) => src.indexOf('#['),
  tokenizer(src) {
    const found = /^#\[([^\]\n]{1,30})\]\(topic\)/.exec(src)
    if (!found) return undefined
    return { type: 'topic', raw: found[0], name: found[1] }
  },
}

const mention: TokenizerAndRendererExtension = {
  name: 'mention',
  level: 'inline',
  start: (src) => src.indexOf('@['),
  tokenizer(src) {
    const found = /^@\[([^\]\n]{1,100})\]\((person|department|everyone):(\d{1,15})\)/.exec(src)
    if (!found) return undefined
    return { type: 'mention', raw: found[0], name: found[1], kind: found[2], id: Number(found[3]) }
  },
}

/** CommonMark leaves «**注意：**请» plain, because a closing mark after punctuation may not touch a letter. */
const strong: TokenizerAndRendererExtension = {
  name: 'strong',
  level: 'inline',
  start: (src) => src.indexOf('**'),
  tokenizer(src) {
    const found = /^\*\*(?=[^\s*])([^\n]*?[^\s*])\*\*(?!\*)/.exec(src)
    if (!found) return undefined
    return { type: 'strong', raw: found[0], text: found[1], tokens: this.lexer.inlineTokens(found[1] ?? '') }
  },
}

/** A bare address: ASCII only, so that «见https://a.cn，谢谢» links just the address. */
const address: TokenizerAndRendererExtension = {
  name: 'address',
  level: 'inline',
  start: (src) => src.search(/https?:\/\//),
  tokenizer(src) {
    const found = /^https?:\/\/[!#-;=?-~]+/.exec(src)
    const raw = found?.[0].replace(/[.,;:!?'*_~]+$/, '').replace(/^([^(]*)\)+$/, '$1')
    if (!raw || raw.length < 10) return undefined
    return { type: 'link', raw, href: raw, text: raw, tokens: [{ type: 'text', raw, text: raw, escaped: false }] }
  },
}

const marked = new Marked({ gfm: true, breaks: true })
marked.use({
  extensions: [mention, topic, sticker, strong, address],
  tokenizer: {
    // Written by people in a hurry: HTML, tables, indented code and underlined headings stay the text that was typed.
    html: none,
    tag: none,
    table: none,
    code: none,
    lheading: none,
    def: none,
    url: none,
    emStrong(_src, _masked, before) {
      return before && /[\p{L}\p{N}]/u.test(before) && !/\p{Script=Han}/u.test(before) ? undefined : false
    },
  },
})

export type { Token, Tokens }

export function parse(text: string): Token[] {
  return marked.lexer(text)
}

/** http and https only: anything else is shown as the text it was. */
export function safeLink(href: string): string | null {
  try {
    const url = new URL(href)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
  } catch {
    return null
  }
}
