// A list of any length inside a scrolling page: only what is near the screen exists. What grows above it, or in rows
// already scrolled past, does not move what is being read.
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import classes from './VirtualList.module.css'

interface Props {
  count: number
  keyOf: (index: number) => number | string
  /** Height of a row before it is measured. */
  estimate: number
  gap?: number
  children: (index: number) => ReactNode
  onNearEnd?: (() => void) | undefined
  role?: 'list' | 'feed'
  label?: string
  /** Under this name the place is kept when the page is left; `restore` brings it back. */
  keep?: string
  restore?: boolean
}

const kept = new Map<string, { top: number; sizes: VirtualItem[] }>()

function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return document.documentElement
}

export function VirtualList(props: Props) {
  const { count, keyOf, estimate, gap = 0, children, onNearEnd, role = 'list', label, keep, restore = false } = props
  const list = useRef<HTMLDivElement>(null)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [margin, setMargin] = useState(0)
  const [before] = useState(() => (restore && keep ? kept.get(keep) : undefined))

  useLayoutEffect(() => setScroller(scrollerOf(list.current)), [])
  useLayoutEffect(() => {
    const area = list.current
    if (!area || !scroller) return
    let last: number | null = null
    const measure = (): void => {
      const top = Math.round(area.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop)
      if (last !== null && top !== last && scroller.scrollTop > last) scroller.scrollTop += top - last
      last = top
      setMargin(top)
    }
    const watcher = new ResizeObserver(measure)
    for (let at = area.parentElement; at && at !== scroller; at = at.parentElement) watcher.observe(at)
    watcher.observe(scroller)
    measure()
    return () => watcher.disconnect()
  }, [scroller])

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => estimate,
    getItemKey: keyOf,
    overscan: 6,
    gap,
    scrollMargin: margin,
    useFlushSync: false,
    ...(before ? { initialOffset: before.top, initialMeasurementsCache: before.sizes } : {}),
  })

  useEffect(() => {
    if (!scroller || !before) return
    // The shell sends every new page to its top; this comes after it.
    const frame = requestAnimationFrame(() => scroller.scrollTo(0, before.top))
    return () => cancelAnimationFrame(frame)
  }, [scroller, before])
  useLayoutEffect(() => {
    if (!keep || !scroller) return
    return () => {
      kept.set(keep, { top: scroller.scrollTop, sizes: virtual.takeSnapshot() })
    }
  }, [keep, scroller, virtual])

  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const isNearEnd = count > 0 && last >= count - 5
  useEffect(() => {
    if (isNearEnd) onNearEnd?.()
  }, [isNearEnd, count, onNearEnd])

  return (
    <div ref={list} className={classes.list} role={role} aria-label={label} style={{ height: virtual.getTotalSize() }}>
      {items.map(({ key, index, start }) => (
        <div
          key={key}
          ref={virtual.measureElement}
          data-index={index}
          role={role === 'list' ? 'listitem' : undefined}
          className={classes.row}
          style={{ transform: `translateY(${start - margin}px)` }}
        >
          {children(index)}
        </div>
      ))}
    </div>
  )
}
