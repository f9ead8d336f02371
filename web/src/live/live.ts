// The one live connection of this page, and how the rest of the client reaches it. shell/session.ts makes it.
import type { ClientFrame } from './frames'
import { type Doors, Live } from './socket'

let current: Live | null = null

export const live = {
  start(cursor: string, doors: Doors): void {
    current?.stop()
    current = new Live(doors)
    current.start(cursor)
  },
  stop(): void {
    current?.stop()
    current = null
  },
  get isReady(): boolean {
    return current?.isReady ?? false
  },
  /** False when no socket is ready. */
  send(frame: ClientFrame): boolean {
    return current?.send(frame) ?? false
  },
}
