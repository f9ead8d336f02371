// The files chosen in one composer, and every way to choose some: the button, pasting, dropping.
import { type ClipboardEvent, type DragEvent, useMemo, useState } from 'react'
import { useSignal } from '../live/emitter'
import { type Upload, uploads } from './uploads'

export interface Chosen {
  list: readonly Upload[]
  add: (files: readonly File[]) => void
  isOver: boolean
  /** For the composer's frame. */
  taking: {
    onPaste: (event: ClipboardEvent) => void
    onDragOver: (event: DragEvent) => void
    onDragLeave: (event: DragEvent) => void
    onDrop: (event: DragEvent) => void
  }
}

/** Those that went along with something that is being sent. */
export function useSent(keys: readonly string[] | undefined): readonly Upload[] {
  const all = useSignal(uploads.all)
  return useMemo(() => (keys?.length ? all.filter((one) => keys.includes(one.key)) : []), [all, keys])
}

export function useUploads(place: string): Chosen {
  const all = useSignal(uploads.all)
  const list = useMemo(() => all.filter((one) => one.place === place), [all, place])
  const [isOver, setOver] = useState(false)
  const add = (files: readonly File[]): void => uploads.add(place, files)
  return {
    list,
    add,
    isOver,
    taking: {
      onPaste: (event) => {
        const files = [...event.clipboardData.files]
        // A copied table comes as text and as a picture of it: the text is meant.
        if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return
        event.preventDefault()
        add(files)
      },
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      },
      onDrop: (event) => {
        setOver(false)
        const files = [...event.dataTransfer.files]
        if (files.length === 0) return
        event.preventDefault()
        add(files)
      },
    },
  }
}
