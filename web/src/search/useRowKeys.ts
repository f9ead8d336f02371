// The list under a search field by keyboard: arrows walk, Enter takes; the field keeps the focus and says which row is meant.
import { type KeyboardEvent, useEffect, useId, useState } from 'react'

interface Keys {
  /** The place of the row that Enter takes; -1 where there is none. */
  at: number
  point: (place: number) => void
  listId: string
  idOf: (place: number) => string
  onKeyDown: (event: KeyboardEvent) => void
}

/** `again`: what was typed; another begins at the first row. */
export function useRowKeys(count: number, again: string, onTake: (place: number, event: KeyboardEvent) => void): Keys {
  const [chosen, setChosen] = useState(0)
  const listId = useId()
  const at = Math.min(chosen, count - 1)
  const idOf = (place: number): string => `${listId}-${place}`
  useEffect(() => setChosen(0), [again])
  useEffect(() => {
    if (at >= 0) document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at, listId])
  const onKeyDown = (event: KeyboardEvent): void => {
    // While an input method is composing, Enter and the arrows are its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && count > 0) {
      event.preventDefault()
      setChosen((at + step + count) % count)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onTake(at, event)
    }
  }
  return { at, point: setChosen, listId, idOf, onKeyDown }
}
