// Tells the server once that I have read a post that waits for my receipt: a second in view, or opened.
// The author sees it in the middle column; it is not a receipt (RCPT-04).
import { useCallback, useEffect, useState } from 'react'
import { api } from '../../api/client'
import type { Id } from '../../api/types'
import { useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { useMyReceipt } from './mine'

const LONG_ENOUGH = 1_000
const told = new Set<string>()

async function tell(me: Id, post: Id, version: number): Promise<void> {
  const key = keyOf(me, post, version)
  if (told.has(key)) return
  told.add(key)
  try {
    await api.put(`/posts/${post}/read`, { version })
  } catch {
    told.delete(key) // tried again when it is next in view
  }
}

/** Per person: another one may sign in on this device. */
function keyOf(me: Id, post: Id, version: number): string {
  return `${me}/${post}/${version}`
}

/** A ref for the card. */
export function useSeen(post: Id, opened: boolean): (element: HTMLElement | null) => void {
  const me = useMyId()
  const receipt = useMyReceipt(post)
  const shown = useEntity('post', post)?.version
  const version = receipt?.state === 'open' ? (shown ?? receipt.version) : null
  const [element, setElement] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (version === null || !element || told.has(keyOf(me, post, version))) return
    if (opened) {
      void tell(me, post, version)
      return
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    let inView = false
    const look = (): void => {
      clearTimeout(timer)
      if (!inView || document.visibilityState !== 'visible') return
      timer = setTimeout(() => void tell(me, post, version), LONG_ENOUGH)
    }
    // In view: half of it, or half of the screen full of it.
    const watcher = new IntersectionObserver(
      (entries) => {
        const seen = entries.at(-1)
        inView = !!seen && (seen.intersectionRatio >= 0.5 || seen.intersectionRect.height > innerHeight / 2)
        look()
      },
      { threshold: [0, 0.1, 0.25, 0.5, 0.75] },
    )
    watcher.observe(element)
    document.addEventListener('visibilitychange', look)
    return () => {
      watcher.disconnect()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [me, post, version, element, opened])
  return useCallback((next: HTMLElement | null) => setElement(next), [])
}
