// A mark on a colour that stays with the id: a person's last two characters of a Chinese name or initials, a group's
// first two characters. A person who has a picture shows it, wherever it stands.
import { useState } from 'react'
import { useEntity } from '../live/hooks'
import classes from './Avatar.module.css'

// Dark enough for white text in both schemes.
const COLOURS = ['#0e6b66', '#1f5fa8', '#6b4bb0', '#9c3d6e', '#a8431f', '#7a5a00', '#3d6b1f', '#4a5a68', '#8a3a3a', '#2f5f7a']
const HAN = /\p{Script=Han}/u

export function initials(name: string, isGroup = false): string {
  const text = name.trim()
  if (!text) return '?'
  if (isGroup) return [...text.replace(/[^\p{L}\p{N}]/gu, '')].slice(0, 2).join('')
  if (HAN.test(text)) return [...text.replace(/[^\p{Script=Han}]/gu, '')].slice(-2).join('')
  const words = text.split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase()
}

interface Props {
  id: number
  name: string
  size?: number
  /** Groups are square-ish, persons round. */
  square?: boolean
}

/** Decorative: the name always stands beside it, so screen readers skip it. */
export function Avatar({ id, name, size = 40, square = false }: Props) {
  const picture = useEntity('person', square ? null : id)?.picture
  const [broken, setBroken] = useState('')
  const shown = picture && picture !== broken ? `/api/people/${id}/picture/${picture}?size=${size > 32 ? 256 : 64}` : null
  const style = {
    '--avatar-size': `${size}px`,
    backgroundColor: COLOURS[Math.abs(id) % COLOURS.length],
  } as React.CSSProperties
  return (
    <span className={classes.avatar} data-square={square || undefined} style={style} aria-hidden>
      {shown ? (
        <img className={classes.picture} src={shown} alt="" width={size} height={size} onError={() => setBroken(picture ?? '')} />
      ) : (
        initials(name, square)
      )}
    </span>
  )
}
