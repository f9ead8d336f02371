// Roles on the wire, and their words: shipped ones are named by the catalogue until somebody renames them.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../api/client'
import type { CapabilityView, HolderView, PermissionsView, RoleView } from '../api/generated'
import type { Id, List } from '../api/types'
import { sayMaybe } from '../i18n/i18n'

/** The scopes from the narrowest to the widest, as the server knows them. */
export type Scope = 'own' | 'own_department' | 'below' | 'own_line' | 'department_below' | 'headed_below' | 'all'
export type Capabilities = Record<string, string[]>

export function useRoles(enabled = true) {
  return useQuery({
    enabled,
    queryKey: ['roles'],
    queryFn: async ({ signal }) => (await api.get<List<RoleView>>('/roles', { signal })).data.items,
    staleTime: 0,
  })
}

export function useCapabilities() {
  return useQuery({
    queryKey: ['capabilities'],
    queryFn: async ({ signal }) => (await api.get<List<CapabilityView>>('/capabilities', { signal })).data.items,
  })
}

export function useHolders(role: Id) {
  return useQuery({
    queryKey: ['roles', role, 'people'],
    queryFn: async ({ signal }) =>
      (await api.get<List<HolderView>>(`/roles/${role}/people`, { query: { limit: 100 }, signal })).data,
    staleTime: 0,
  })
}

export function usePermissions(person: Id) {
  return useQuery({
    queryKey: ['permissions', person],
    queryFn: async ({ signal }) => (await api.get<PermissionsView>(`/people/${person}/permissions`, { signal })).data,
    staleTime: 0,
  })
}

/** After a change everything about roles is read again. */
export function useRolesChanged(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['roles'] }),
      client.invalidateQueries({ queryKey: ['permissions'] }),
    ])
  }, [client])
}

export async function giveAndTake(person: Id, give: readonly Id[], take: readonly Id[]): Promise<void> {
  const { data } = await api.get<PermissionsView>(`/people/${person}/permissions`)
  const before = data.roles.filter((role) => role.given).map((role) => role.role_id)
  const roles = [...new Set([...before, ...give])].filter((id) => !take.includes(id))
  await api.put(`/people/${person}/roles`, { roles, before })
}

export function roleName(role: { code: string; name: string }): string {
  // The shipped name holds both languages; one that was given by somebody stands as it is.
  const shipped = / \p{Script=Han}/u.test(role.name) ? sayMaybe(`roles.shipped.${role.code}`) : undefined
  return shipped ?? role.name
}

export function capabilityName(name: string): string {
  return sayMaybe(`roles.cap.${name}`) ?? name
}

export function scopeName(scope: string): string {
  return sayMaybe(`roles.scope.${scope}`) ?? scope
}

/** Capabilities by what they are about, daily things first: `post.share` and `post.announce` stand together. */
export function byNoun(all: readonly CapabilityView[]): [string, CapabilityView[]][] {
  const found = new Map<string, CapabilityView[]>()
  for (const one of all) {
    const noun = nounOf(one.name)
    found.set(noun, [...(found.get(noun) ?? []), one])
  }
  return [...found].sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
}

/** What a list of capabilities is sorted by: daily things first, security last. */
export function ordered<T extends { capability: string }>(all: readonly T[]): T[] {
  const place = (one: T): number => ORDER.indexOf(nounOf(one.capability))
  return [...all].sort((a, b) => place(a) - place(b))
}

const ORDER = ['post', 'chat', 'people', 'departments', 'absences', 'delegations', 'calendar', 'company', 'other', 'security']

const NOUNS: Record<string, string> = { receipt: 'post', receipts: 'post', topics: 'post', tables: 'post', stickers: 'post', bots: 'security', sessions: 'security', roles: 'security', audit: 'security' }

function nounOf(name: string): string {
  const noun = name.split('.')[0] ?? name
  return NOUNS[noun] ?? (sayMaybe(`roles.noun.${noun}`) ? noun : 'other')
}

export function nounName(noun: string): string {
  return sayMaybe(`roles.noun.${noun}`) ?? noun
}

/** «All» holds every other scope; the others stand beside each other. */
export function toggled(held: readonly string[], scope: string): string[] {
  if (held.includes(scope)) return held.filter((one) => one !== scope)
  return scope === 'all' ? ['all'] : [...held.filter((one) => one !== 'all'), scope]
}

export function same(a: Capabilities, b: Capabilities): boolean {
  const spelled = (some: Capabilities): string =>
    JSON.stringify(Object.entries(some).filter(([, s]) => s.length > 0).map(([n, s]) => [n, [...s].sort()]).sort())
  return spelled(a) === spelled(b)
}
