// Long posts begin folded in the timeline; unfolding stays when one scrolls away and back.
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import classes from './LongText.module.css'

const MOST = 340 // px
const unfolded = new Set<Id>()

interface Props {
  id: Id
  text: string
  whole: boolean
  children: ReactNode
}

export function LongText({ id, text, whole, children }: Props) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(whole || unfolded.has(id))
  const [isLong, setLong] = useState(() => !whole && mayBeLong(text))
  useLayoutEffect(() => {
    if (whole || !mayBeLong(text)) setLong(false)
    else setLong((box.current?.scrollHeight ?? 0) > MOST * 1.2)
  }, [text, whole])
  const toggle = (): void => {
    if (isOpen) unfolded.delete(id)
    else unfolded.add(id)
    setOpen(!isOpen)
  }
  return (
    <>
      <div ref={box} className={classes.box} data-folded={(isLong && !isOpen) || undefined} style={isLong && !isOpen ? { maxHeight: MOST } : {}}>
        {children}
      </div>
      {isLong && (
        <button type="button" className={classes.toggle} aria-expanded={isOpen} onClick={toggle}>
          {t(isOpen ? 'feed.fold' : 'feed.unfold')}
        </button>
      )}
    </>
  )
}

/** Measuring every short post would cost more than it gives. */
function mayBeLong(text: string): boolean {
  return text.length > 350 || text.split('\n').length > 10
}
