// A text with what was taken away and what came.
import { useMemo } from 'react'
import { fromMarkdown } from '../../ui/composing'
import { difference } from '../../ui/diff'
import classes from './PostVersions.module.css'

export function Changed({ was, now }: { was: string; now: string }) {
  const parts = useMemo(() => difference(fromMarkdown(was).text, fromMarkdown(now).text), [was, now])
  return (
    <p className={classes.text}>
      {parts.map(({ kind, text }, index) =>
        kind === 'same' ? <span key={index}>{text}</span> : kind === 'gone' ? <del key={index}>{text}</del> : <ins key={index}>{text}</ins>,
      )}
    </p>
  )
}
