// What opened a dialog has the keyboard again when the dialog goes. Mantine gives it back only when `opened` changes, and most
// dialogs stand only while they are open; of one opened from a menu the choice is gone by then, but not the menu's button.
import { useLayoutEffect, useMemo } from 'react'

const LATER = 10 // milliseconds: what the closing itself gives the focus to keeps it

function openerNow(): HTMLElement | null {
  const now = document.activeElement
  const menu = now?.closest('[role=menu]')
  const button = menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
  const opener = button ?? now
  return opener instanceof HTMLElement && opener !== document.body ? opener : null
}

export function useFocusBack(opened: boolean): void {
  // While rendering, because a menu that closes without a transition is gone once it is drawn.
  const opener = useMemo(() => (opened ? openerNow() : null), [opened])
  useLayoutEffect(() => {
    if (!opener) return
    return () => {
      const left = document.activeElement
      setTimeout(() => {
        const now = document.activeElement
        if (opener.isConnected && (now === null || now === document.body || now === left)) opener.focus({ preventScroll: true })
      }, LATER)
    }
  }, [opener])
}
