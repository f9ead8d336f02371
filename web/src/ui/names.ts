// What pickers, mention and topic lists show: a named thing with a hint, found by a search that the caller brings.
export interface Named {
  kind: 'person' | 'department' | 'everyone' | 'topic' | 'record'
  id: number
  name: string
  /** Department and title of a person, path of a department, why a topic is offered. */
  hint: string
}
export type NameSearch = (q: string, signal: AbortSignal) => Promise<Named[]>

export function sameName(a: Named, b: Named): boolean {
  return a.kind === b.kind && a.id === b.id
}
export function nameKey(named: Pick<Named, 'kind' | 'id'>): string {
  return `${named.kind}:${named.id}`
}
