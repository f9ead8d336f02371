// The frame of a file's card: pressed, what can be shown opens in the page, everything else is saved.
import { type ReactNode, useState } from 'react'
import type { CardView, FileView } from '../api/types'
import { Opened } from '../files/Opened'
import { downloadOf, hasPreview } from '../files/words'
import classes from './Card.module.css'

export function FileCard({ card, children }: { card: CardView; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const file: FileView = { id: card.id, name: card.title, kind: card.state as FileView['kind'], size: Number(card.subtitle), width: null, height: null }
  if (file.kind !== 'picture' && !hasPreview(file)) {
    return (
      <a className={classes.card} data-card="file" href={downloadOf(file)} rel="noreferrer">
        {children}
      </a>
    )
  }
  return (
    <>
      <button type="button" className={classes.card} data-card="file" onClick={() => setOpen(true)}>
        {children}
      </button>
      {isOpen && <Opened file={file} onClose={() => setOpen(false)} />}
    </>
  )
}
