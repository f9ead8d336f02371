// Whether the search palette is open, and with which words. Pages open it; the shell shows it.
import { Signal } from '../live/emitter'

export const palette = new Signal<{ q: string } | null>(null)

export function openPalette(q = ''): void {
  palette.set({ q })
}
