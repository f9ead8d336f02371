// Who is signed in here: starts and ends everything that lives with a session (bootstrap, live connection, outbox).
import { flushSync } from 'react-dom'
import { api, whenSessionEnds } from '../api/client'
import { asProblem } from '../api/problem'
import type { Language, Me } from '../api/types'
import { uploads } from '../files/uploads'
import { deviceLanguage, showLanguage } from '../i18n/i18n'
import { backoff } from '../live/backoff'
import { forgetEverything, loadBootstrap, me } from '../live/bootstrap'
import { carry } from '../live/carry'
import { connection } from '../live/connection'
import { Signal } from '../live/emitter'
import { live } from '../live/live'
import { outbox } from '../live/outbox'
import { readied } from '../live/socket'
import { drafts } from '../ui/drafts'

export type Session =
  | { state: 'starting' }
  | { state: 'unreachable' }
  | { state: 'anonymous'; ended: boolean }
  | { state: 'enrolling' }
  | { state: 'ready' }

export const session = new Signal<Session>({ state: 'starting' })

let retry: ReturnType<typeof setTimeout> | undefined
let attempt = 0
let forgetting: (() => void)[] = []

/** Runs when the session is over, for caches outside of live/. */
export function whenForgetting(run: () => void): void {
  forgetting = [...forgetting, run]
}

readied.on(() => outbox.flush())
whenSessionEnds(() => sessionEnded())

/** Whether somebody signed in on this device before: only then is it worth asking who. */
const KNOWN = 'tenfour.known'
const known = {
  get: (): boolean => {
    try {
      return localStorage.getItem(KNOWN) !== null
    } catch {
      return true
    }
  },
  set: (is: boolean): void => {
    try {
      if (is) localStorage.setItem(KNOWN, '1')
      else localStorage.removeItem(KNOWN)
    } catch {
      /* then we always ask */
    }
  },
}

export const wasHere = known.get

/** Back from the company's account provider, signed in: a cookie is there that this page does not know of. */
function hasComeBack(): boolean {
  const isBack = new URLSearchParams(location.search).get('sign_in') === 'done'
  if (isBack) history.replaceState(null, '', location.pathname)
  return isBack
}

export async function startSession(isNew = false): Promise<void> {
  clearTimeout(retry)
  const isBack = hasComeBack()
  if (!isNew && !isBack && !known.get()) {
    session.set({ state: 'anonymous', ended: false })
    return
  }
  try {
    const { cursor, me: mine } = await loadBootstrap()
    attempt = 0
    known.set(true)
    const wanted = mine.language || deviceLanguage()
    await showLanguage(wanted)
    connection.set('connecting')
    live.start(cursor, { bootstrap: async () => (await loadBootstrap()).cursor, ended: sessionEnded })
    uploads.start(mine.person.id)
    await outbox.start(mine.person.id, carry)
    session.set({ state: 'ready' })
  } catch (error) {
    const problem = asProblem(error)
    if (problem.status === 401) {
      if (session.get().state !== 'anonymous') session.set({ state: 'anonymous', ended: false })
      return
    }
    if (problem.code === 'second_factor_required') {
      known.set(true)
      session.set({ state: 'enrolling' })
      return
    }
    session.set({ state: 'unreachable' })
    retry = setTimeout(() => void startSession(isNew), backoff(attempt++, { first: 1_000, most: 15_000 }))
  }
}

function sessionEnded(): void {
  if (session.get().state !== 'ready') return
  stopAll(true)
}

function stopAll(ended: boolean): void {
  live.stop()
  outbox.stop()
  uploads.stop()
  // The page goes first: nothing may look at a person who is not there any more.
  known.set(ended) // an ended session may be found alive again by its cookie; a signed-out one is gone
  flushSync(() => session.set({ state: 'anonymous', ended }))
  forgetEverything()
  for (const run of forgetting) run()
}

export async function signIn(login: string, password: string): Promise<void> {
  await api.post<Me>('/session', { login, password }, { anonymous: true })
  await startSession(true)
}

/** The second step, where a second factor is on; `step` came with the refusal of the first. */
export async function finishSignIn(step: string, code: string): Promise<void> {
  await api.post<Me>('/session/second', { step, code }, { anonymous: true })
  await startSession(true)
}

/** Explicit: also forgets what was not sent and all drafts on this device. The page warns before. */
export async function signOut(): Promise<void> {
  const mine = me.get()
  await api.delete('/session', { anonymous: true }).catch((error: unknown) => {
    if (asProblem(error).status !== 401) throw error
  })
  await Promise.all([outbox.clear(), uploads.clear()])
  if (mine) drafts.clear(mine.person.id)
  stopAll(false)
}

export async function keepLanguage(language: Language): Promise<void> {
  const mine = me.get()
  if (!mine) return
  await api.put('/me/language', { language })
  me.set({ ...mine, language })
}
