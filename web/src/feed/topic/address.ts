// Where a topic's own page is.
export function addressOfTopic(name: string): string {
  return `/topics/${encodeURIComponent(name)}`
}
