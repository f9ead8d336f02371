// The kinds of records that I may see, as declared; asked for again when somebody changes a declaration.
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import { useLanguage } from '../i18n/i18n'
import { useCan, useMyId } from '../live/bootstrap'
import { useEntity } from '../live/hooks'
import type { Field, RecordKind, Words } from './wire'

export function useKinds() {
  const me = useMyId()
  const may = useCan('records.read')
  const version = useEntity('record_kinds', 1)?.version ?? 0
  const found = useQuery({
    enabled: may,
    queryKey: ['record-kinds', me, version],
    queryFn: async ({ signal }) => (await api.get<{ items: RecordKind[] }>('/record-kinds', { signal })).data.items,
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  return { data: may ? found.data : NO_KINDS, error: found.error, isPending: may && found.isPending, refetch: found.refetch }
}
const NO_KINDS: RecordKind[] = []

export function useKind(name: string): RecordKind | undefined {
  return useKinds().data?.find((one) => one.kind === name)
}

/** Picks the words of a declaration in the language that is shown. */
export function useWords(): (words: Words) => string {
  const language = useLanguage()
  return (words) => words[language]
}

export function fieldOf(kind: RecordKind, name: string): Field | undefined {
  return kind.fields.find((one) => one.name === name)
}

export function fieldsOf(kind: RecordKind, names: readonly string[]): Field[] {
  return names.flatMap((name) => fieldOf(kind, name) ?? [])
}

/** What a form may hold. */
export function isWritable(field: Field): boolean {
  return !field.readonly && !field.computed && !field.system
}

/** These fields and what is worked out from them, however far. */
export function withFollowing(kind: RecordKind | undefined, names: readonly string[]): string[] {
  const found = new Set(names)
  // What follows from another is declared behind it, but for sums of lines: so twice is enough.
  for (const one of [...(kind?.fields ?? []), ...(kind?.fields ?? [])]) if (one.follows_from.some((name) => found.has(name))) found.add(one.name)
  return [...found]
}

export function addressOfKind(kind: string): string {
  return `/crm/${kind}`
}

export function addressOfRecord(kind: string, id: number): string {
  return `/crm/${kind}/${id}`
}
