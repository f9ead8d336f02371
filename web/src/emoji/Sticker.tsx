// A sticker in a text: its picture, or its name where there is none.
import { useState } from 'react'
import { useEntity } from '../live/hooks'
import classes from './Sticker.module.css'
import { pictureOf, useStickers } from './stickers'

export default function Sticker({ id, name }: { id: number; name: string }) {
  const { isPending } = useStickers()
  const sticker = useEntity('sticker', id)
  const [broken, setBroken] = useState(false)
  if (!sticker || broken) return isPending ? <span className={classes.sticker} /> : `[${name}]`
  return <img src={pictureOf(sticker)} alt={sticker.name} title={sticker.name} className={classes.sticker} data-sticker={id} draggable={false} onError={() => setBroken(true)} />
}
