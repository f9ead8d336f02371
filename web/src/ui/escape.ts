// Esc for a panel that may open dialogs above itself: only the one that holds the focus closes.
// Give it to a Modal or Drawer together with closeOnEscape={false}.
import type { KeyboardEvent } from 'react'

export function onEscape(close: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    const from = event.target as HTMLElement
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return
    // Dialogs above are our children for React, but not in the page; an open list keeps Esc for itself.
    if (!event.currentTarget.contains(from) || from.getAttribute('data-mantine-stop-propagation') === 'true') return
    event.preventDefault()
    close()
  }
}
