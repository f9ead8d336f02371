// A finger that stays: what follows it (the click, the menu of the browser) is not meant.
import { useRef } from 'react'

const LONG = 500 // milliseconds
const SHAKY = 10 // pixels

export function useLongPress(act: (() => void) | undefined) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const from = useRef({ x: 0, y: 0 })
  const done = useRef(false)
  const stop = (): void => clearTimeout(timer.current)
  if (!act) return {}
  return {
    onPointerDown: (event: React.PointerEvent) => {
      done.current = false
      if (event.pointerType === 'mouse') return
      from.current = { x: event.clientX, y: event.clientY }
      timer.current = setTimeout(() => {
        done.current = true
        act()
      }, LONG)
    },
    onPointerMove: (event: React.PointerEvent) => {
      if (Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y) > SHAKY) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (event: React.MouseEvent) => {
      if (done.current) event.preventDefault()
    },
    onClickCapture: (event: React.MouseEvent) => {
      if (!done.current) return
      done.current = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
