// Until when: what can be said of a chosen time without asking the server. Pure.
export function isPastDue(due: unknown, now: Date): boolean {
  return typeof due === 'string' && new Date(due) <= now
}
