// After an answer that set the session's cookie: everything that lives with a session begins.
import { session, startSession } from './session'

export async function enter(go: (path: string, options?: { replace?: boolean }) => void): Promise<void> {
  session.set({ state: 'starting' })
  await startSession(true)
  go('/', { replace: true })
}
