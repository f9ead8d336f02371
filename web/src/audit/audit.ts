// The audit log on the wire, its filters, and its sentences.
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import type { AuditPage, AuditView } from '../api/generated'
import { say, sayMaybe } from '../i18n/i18n'

export interface Filter {
  person: number | null
  act: string
  /** Days as `YYYY-MM-DD`, both included; empty for open. */
  from: string
  to: string
}

export const NO_FILTER: Filter = { person: null, act: '', from: '', to: '' }

/** As the server takes it: the days of this device's calendar as moments. */
export function onTheWire(filter: Filter): Record<string, string | number> {
  const found: Record<string, string | number> = {}
  if (filter.person !== null) found['person'] = filter.person
  if (filter.act) found['act'] = filter.act
  if (filter.from) found['since'] = new Date(`${filter.from}T00:00:00`).toISOString()
  if (filter.to) {
    const next = new Date(`${filter.to}T00:00:00`)
    next.setDate(next.getDate() + 1)
    found['until'] = next.toISOString()
  }
  return found
}

export function useAudit(filter: Filter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: async ({ pageParam, signal }) =>
      (await api.get<AuditPage>('/audit', { query: { ...onTheWire(filter), limit: 50, cursor: pageParam }, signal })).data,
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  })
}

/** One sentence without its subject: «changed the roles of 刘洋». Acts that nobody has words for stand as their code. */
export function sentence(entry: AuditView, what: string): string {
  return sayMaybe(`audit.act.${entry.act}`, { what }) ?? `${entry.act} ${what}`
}

/** The act as a choice of the filter: the sentence with nobody in it. */
export function actName(act: string): string {
  return (sayMaybe(`audit.act.${act}`, { what: '…' }) ?? act).trim()
}

export function thing(kind: string, id: number): string {
  return sayMaybe(`audit.object.${kind}`, { id }) ?? (id > 0 ? `#${id}` : '')
}

export function device(text: string): string {
  if (text === 'command line') return say('audit.command_line')
  if (/iPhone|iPad/.test(text)) return 'iOS'
  if (/Android/.test(text)) return 'Android'
  if (/Windows/.test(text)) return 'Windows'
  if (/Mac OS/.test(text)) return 'macOS'
  if (/Linux/.test(text)) return 'Linux'
  return text.slice(0, 40)
}
