// The first screen in one request: who I am, the newest posts and conversations, my open to-dos. Also after a reset.
// Called by shell/session.ts; pages read the page cursors (`next`) and ids from `boot`.
import { api } from '../api/client'
import type { Bootstrap, Company, Me } from '../api/types'
import { forgetAsked } from './directory'
import { useMemo } from 'react'
import { Signal, useSignal } from './emitter'
import { useEntity } from './hooks'
import { store } from './store'

/** The newest bootstrap, null before the first and after sign-out. */
export const boot = new Signal<Bootstrap | null>(null)
export const me = new Signal<Me | null>(null)

export async function loadBootstrap(): Promise<Bootstrap> {
  const { data } = await api.get<Bootstrap>('/bootstrap', { timeout: 20_000 })
  forgetAsked()
  store.reset(data.seq, [
    ...data.changes,
    { op: 'put', kind: 'person', id: data.me.person.id, data: data.me.person },
  ])
  me.set(data.me)
  boot.set(data)
  return data
}

export function forgetEverything(): void {
  forgetAsked()
  store.reset(0, [])
  me.set(null)
  boot.set(null)
}

export function useBootstrap(): Bootstrap | null {
  return useSignal(boot)
}

/** The signed-in person's `Me`; only inside the shell, where there is one. */
export function useMe(): Me {
  const mine = useSignal(me)
  if (!mine) throw new Error('useMe outside of the signed-in shell')
  // Roles that changed since the bootstrap arrive as `rights`, and win.
  const rights = useEntity('rights', mine.person.id)
  return useMemo(() => (rights ? { ...mine, capabilities: rights.capabilities } : mine), [mine, rights])
}

export function useMyId(): number {
  return useMe().person.id
}

export function useCan(capability: string): boolean {
  return (useMe().capabilities[capability]?.length ?? 0) > 0
}

/** The company's profile as it is now, also after somebody changed it. */
export function useCompany(): Company {
  const { company } = useMe()
  return useEntity('company', 1) ?? company
}
