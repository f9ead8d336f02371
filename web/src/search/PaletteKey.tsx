// Ctrl/⌘ K anywhere opens the palette; its code comes when it is first opened.
import { lazy, Suspense, useEffect } from 'react'
import { withTexts } from '../i18n/i18n'
import { useSignal } from '../live/emitter'
import { openPalette, palette } from '../ui/palette'

const Palette = lazy(withTexts(() => import('./Palette')))

export function PaletteKey() {
  const opened = useSignal(palette)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      if (palette.get()) palette.set(null)
      else openPalette()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return opened && <Suspense><Palette q={opened.q} /></Suspense>
}
