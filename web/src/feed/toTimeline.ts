// Brings the head of the timeline onto the screen, below the sticky heading; never further down than one is.
const HEADING = 68

export function toTimeline(): void {
  requestAnimationFrame(() => {
    const page = document.getElementById('main')
    const list = page?.querySelector<HTMLElement>('[data-timeline]')
    if (!page || !list) return
    const top = list.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop - HEADING
    // The pressed button is gone; reading goes on at the head.
    if (document.activeElement === document.body) list.focus({ preventScroll: true })
    page.scrollTo({ top: Math.min(page.scrollTop, Math.max(0, top)) })
  })
}
