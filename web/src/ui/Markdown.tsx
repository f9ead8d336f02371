// Shows what people wrote: Markdown → tree → React elements, never an HTML string.
import { Fragment, lazy, memo, type ReactNode, Suspense } from 'react'
import { say, useLanguage } from '../i18n/i18n'
import classes from './Markdown.module.css'
import { type MentionToken, parse, safeLink, type StickerToken, type Token, type Tokens, type TopicToken } from './markdown'

const Sticker = lazy(() => import('../emoji/Sticker'))

interface Props {
  text: string
  /** Mentions of this person stand out. */
  me?: number
  /** Called when a mention is pressed; without it mentions are plain chips. */
  onMention?: (kind: MentionToken['kind'], id: number) => void
  /** Called when a topic is pressed; without it topics are plain chips. */
  onTopic?: (name: string) => void
}

// The lexer escapes nothing in `text` of plain tokens except entities, which it leaves as typed.
function children(tokens: Token[] | undefined, props: Props): ReactNode {
  return (tokens ?? []).map((token, i) => <Fragment key={i}>{element(token, props)}</Fragment>)
}

function mentionChip(token: MentionToken, { me, onMention }: Props): ReactNode {
  const mine = token.kind === 'everyone' || (token.kind === 'person' && token.id === me)
  const name = token.kind === 'everyone' ? `@${say('ui.everyone')}` : `@${token.name}`
  if (!onMention || token.kind === 'everyone') {
    return (
      <span className={classes.mention} data-mine={mine || undefined}>
        {name}
      </span>
    )
  }
  return (
    <button
      type="button"
      className={classes.mention}
      data-mine={mine || undefined}
      onClick={() => onMention(token.kind, token.id)}
    >
      {name}
    </button>
  )
}

function topicChip({ name }: TopicToken, { onTopic }: Props): ReactNode {
  if (!onTopic) return <span className={classes.mention}>#{name}#</span>
  return (
    <button type="button" className={classes.mention} data-topic onClick={() => onTopic(name)}>
      #{name}#
    </button>
  )
}

function link(token: Tokens.Link | Tokens.Image, props: Props): ReactNode {
  const href = safeLink(token.href)
  if (!href) return token.raw
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {token.type === 'link' ? children(token.tokens, props) : token.text || href}
    </a>
  )
}

function list(token: Tokens.List, props: Props): ReactNode {
  const items = token.items.map((item, i) => (
    <li key={i}>
      {item.task && <input type="checkbox" checked={item.checked ?? false} readOnly disabled aria-hidden />}
      {children(item.tokens, props)}
    </li>
  ))
  return token.ordered ? <ol start={token.start === '' ? 1 : token.start}>{items}</ol> : <ul>{items}</ul>
}

function element(token: Token, props: Props): ReactNode {
  switch (token.type) {
    case 'space':
    case 'checkbox':
      return null
    case 'mention':
      return mentionChip(token as unknown as MentionToken, props)
    case 'topic':
      return topicChip(token as unknown as TopicToken, props)
    case 'sticker': {
      const { id, name } = token as unknown as StickerToken
      return (
        <Suspense fallback={`[${name}]`}>
          <Sticker id={id} name={name} />
        </Suspense>
      )
    }
    case 'paragraph':
      return <p>{children(token.tokens, props)}</p>
    case 'heading':
      return <p className={classes.heading}>{children(token.tokens, props)}</p>
    case 'text':
      return 'tokens' in token && token.tokens ? children(token.tokens, props) : token.text
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{children(token.tokens, props)}</strong>
    case 'em':
      return <em>{children(token.tokens, props)}</em>
    case 'del':
      return <del>{children(token.tokens, props)}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{token.text}</code>
        </pre>
      )
    case 'br':
      return <br />
    case 'hr':
      return <hr />
    case 'blockquote':
      return <blockquote>{children(token.tokens, props)}</blockquote>
    case 'list':
      return list(token as Tokens.List, props)
    case 'link':
    case 'image':
      return link(token as Tokens.Link | Tokens.Image, props)
    default:
      return token.raw
  }
}

export const Markdown = memo(function Markdown(props: Props) {
  useLanguage()
  return <div className={classes.text}>{children(parse(props.text), props)}</div>
})
