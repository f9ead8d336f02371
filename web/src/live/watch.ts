// Watches: tells the server which tallies are in view. Counted, because two cards may show the same post;
// at most 50 at once (the server's limit), the rest wait; sent again whenever the connection is ready.
import { useEffect } from 'react'
import type { Ref } from './frames'
import { live } from './live'
import { readied } from './socket'

const MOST = 50
const LINGER = 2_000 // scrolling past and back does not unwatch

interface Watch {
  ref: Ref
  holders: number
  sent: boolean
}
const watches = new Map<string, Watch>()

function fill(): void {
  let active = 0
  for (const watch of watches.values()) if (watch.sent) active += 1
  for (const watch of watches.values()) {
    if (active >= MOST) return
    if (watch.sent || watch.holders === 0) continue
    if (!live.send({ op: 'watch', ref: watch.ref })) return
    watch.sent = true
    active += 1
  }
}

readied.on(() => {
  for (const watch of watches.values()) watch.sent = false
  fill()
})

export function hold(ref: Ref): () => void {
  const key = `${ref.kind}/${ref.id}`
  const watch = watches.get(key) ?? { ref, holders: 0, sent: false }
  watches.set(key, watch)
  watch.holders += 1
  fill()
  return () => {
    watch.holders -= 1
    setTimeout(() => {
      if (watch.holders > 0 || watches.get(key) !== watch) return
      watches.delete(key)
      if (watch.sent) live.send({ op: 'unwatch', ref })
      fill()
    }, LINGER)
  }
}

/** Watches while the component is there; null watches nothing. */
export function useWatch(kind: string, id: number | null): void {
  useEffect(() => (id === null ? undefined : hold({ kind, id })), [kind, id])
}
