// Brings the head of the timeline onto the screen, below the sticky heading; never further down than one is.
const HEADING = 68

export function toTimeline(): void {
  requestAnimationFrame(() => {
    const page = document.getElementById('main')
    const list = page?.querySelector('[data-timeline]')
    if (!page || !list) return
    const top = list.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop - HEADING
    page.scrollTo({ top: Math.min(page.scrollTop, Math.max(0, top)) })
  })
}
