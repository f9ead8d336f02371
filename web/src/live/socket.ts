// The live connection: hello with the last cursor, then events into the store; comes back by itself after anything.
// Started and stopped by shell/session.ts. When WebSockets keep failing while HTTP answers, it long-polls instead.
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Envelope } from '../api/types'
import { backoff } from './backoff'
import { connection } from './connection'
import { Emitter } from './emitter'
import type { ClientFrame, Outcome, ServerFrame } from './frames'
import { store } from './store'

const SILENCE = 60_000 // two beats and a bit: after that the socket counts as dead
const READY_WITHIN = 10_000
const SOCKET_TRIES = 3 // failures in a row before long-polling is tried
const SOCKET_AGAIN = 60_000 // while polling, try the socket this often

interface PollAnswer {
  outcome: Outcome
  events: Envelope[]
  seq: number
  cursor: string
}

export interface Doors {
  /** Loads the bootstrap into the store and answers its cursor. */
  bootstrap: () => Promise<string>
  ended: () => void
}

/** Every envelope after it entered the store: for manners (toasts, sounds), never for state. */
export const envelopes = new Emitter<Envelope>()
/** Frames that are answers or passing (sent, refused, typing, error). */
export const frames = new Emitter<ServerFrame>()
/** Fires each time the connection is ready: outbox and watches send again what is owed. */
export const readied = new Emitter<Outcome>()

export class Live {
  private socket: WebSocket | null = null
  private cursor = ''
  private running = false
  private attempt = 0
  private failures = 0
  private heardAt = 0
  private wasReady = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private watchdog: ReturnType<typeof setInterval> | undefined
  private patience: ReturnType<typeof setTimeout> | undefined
  private polling: AbortController | null = null
  private readonly doors: Doors

  constructor(doors: Doors) {
    this.doors = doors
  }

  start(cursor: string): void {
    this.cursor = cursor
    this.running = true
    addEventListener('online', this.hurry)
    addEventListener('offline', this.lost)
    document.addEventListener('visibilitychange', this.look)
    this.watchdog = setInterval(this.watch, 5_000)
    this.open()
  }

  stop(): void {
    this.running = false
    removeEventListener('online', this.hurry)
    removeEventListener('offline', this.lost)
    document.removeEventListener('visibilitychange', this.look)
    clearInterval(this.watchdog)
    clearTimeout(this.timer)
    clearTimeout(this.patience)
    this.polling?.abort()
    this.close()
  }

  get isReady(): boolean {
    return this.socket?.readyState === WebSocket.OPEN && this.wasReady
  }

  /** False when there is no ready socket: the caller uses HTTP or waits for `readied`. */
  send(frame: ClientFrame): boolean {
    if (!this.isReady) return false
    this.socket?.send(JSON.stringify(frame))
    return true
  }

  private open(): void {
    clearTimeout(this.timer)
    if (!this.running) return
    if (!navigator.onLine) connection.set('offline')
    else if (connection.get() !== 'offline') connection.set(this.attempt || this.cursor ? 'resuming' : 'connecting')
    const address = new URL('/api/live', location.href)
    address.protocol = address.protocol.replace('http', 'ws')
    const socket = new WebSocket(address)
    this.socket = socket
    this.wasReady = false
    this.heardAt = Date.now()
    this.awaitReady(socket)
    socket.onopen = () => this.hello(socket)
    socket.onmessage = (event) => this.hear(socket, JSON.parse(String(event.data)) as ServerFrame)
    socket.onclose = (event) => this.closed(socket, event.code)
  }

  private hello(socket: WebSocket): void {
    this.awaitReady(socket)
    socket.send(JSON.stringify({ op: 'hello', cursor: this.cursor }))
  }

  private awaitReady(socket: WebSocket): void {
    clearTimeout(this.patience)
    this.patience = setTimeout(() => {
      if (socket === this.socket) this.drop(socket)
    }, READY_WITHIN)
  }

  private hear(socket: WebSocket, frame: ServerFrame): void {
    if (socket !== this.socket) return
    this.heardAt = Date.now()
    if (frame.op === 'ready') void this.ready(socket, frame.outcome, frame.cursor)
    else if (frame.op === 'events') {
      this.take(frame.events)
      this.cursor = frame.cursor
    } else if (frame.op === 'beat') this.cursor = frame.cursor
    else if (frame.op === 'resync') this.hello(socket)
    else {
      if (frame.op === 'watching') store.apply(frame.seq, frame.changes)
      frames.emit(frame)
    }
  }

  private async ready(socket: WebSocket, outcome: Outcome, cursor: string): Promise<void> {
    clearTimeout(this.patience)
    if (outcome === 'reset') {
      try {
        this.cursor = await this.doors.bootstrap()
      } catch {
        this.drop(socket)
        return
      }
      if (socket === this.socket && socket.readyState === WebSocket.OPEN) this.hello(socket)
      return
    }
    // A replay still brings its events, each frame with its own cursor: only «nothing missed» may move ours here.
    if (outcome === 'nothing_missed') this.cursor = cursor
    this.polling?.abort()
    this.wasReady = true
    this.attempt = 0
    this.failures = 0
    connection.set('online')
    readied.emit(outcome)
  }

  private take(events: readonly Envelope[]): void {
    store.applyAll(events)
    for (const event of events) envelopes.emit(event)
  }

  private closed(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return
    this.socket = null
    clearTimeout(this.patience)
    if (!this.running) return
    if (code === 4401) {
      this.end()
      return
    }
    if (!this.wasReady) this.failures += 1
    this.wasReady = false
    if (!this.polling) connection.set(navigator.onLine && this.attempt < 3 ? 'resuming' : 'offline')
    if (this.failures >= SOCKET_TRIES && !this.polling) void this.poll()
    this.attempt += 1
    const patience = this.attempt < 15 ? 5_000 : 20_000 // a restarted server is found again within seconds
    const wait = this.polling ? SOCKET_AGAIN : code === 4429 ? 30_000 : backoff(this.attempt - 1, { most: patience })
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.open(), wait)
  }

  /** Long-poll until a socket is ready again or HTTP fails too; a 401 here is how an ended session shows. */
  private async poll(): Promise<void> {
    const polling = new AbortController()
    this.polling = polling
    let wait = 0
    try {
      while (this.running && !polling.signal.aborted) {
        const query = { cursor: this.cursor, wait }
        const { data } = await api.get<PollAnswer>('/events', { query, signal: polling.signal, timeout: 40_000 })
        if (polling.signal.aborted) break
        if (data.outcome === 'reset') this.cursor = await this.doors.bootstrap()
        else {
          this.take(data.events)
          this.cursor = data.cursor
        }
        if (wait === 0 || data.outcome === 'reset') {
          connection.set('online')
          readied.emit(data.outcome)
        }
        wait = 25
      }
    } catch (error) {
      if (!polling.signal.aborted && this.running) {
        connection.set('offline')
        this.failures = SOCKET_TRIES - 1
        if (!asProblem(error).isNetwork) this.failures = 0
        clearTimeout(this.timer)
        this.timer = setTimeout(() => this.open(), backoff(this.attempt, { most: 5_000 }))
      }
    } finally {
      if (this.polling === polling) this.polling = null
    }
  }

  private end(): void {
    this.stop()
    connection.set('ended')
    this.doors.ended()
  }

  private close(): void {
    const socket = this.socket
    this.socket = null
    this.wasReady = false
    socket?.close()
  }

  private drop(socket: WebSocket): void {
    if (socket !== this.socket) return
    socket.onclose = null
    socket.close()
    this.closed(socket, 0)
  }

  /** The network is back: do not wait for the timer. */
  private readonly hurry = (): void => {
    this.attempt = 0
    if (this.socket) this.probe()
    else this.open()
  }

  private readonly lost = (): void => {
    connection.set('offline')
    if (this.socket) this.drop(this.socket)
  }

  private readonly look = (): void => {
    if (document.visibilityState !== 'visible') return
    if (!this.socket) this.hurry()
    else if (Date.now() - this.heardAt > 30_000) this.probe()
  }

  /** Saying hello again is the cheapest proof that both directions still work. */
  private probe(): void {
    const socket = this.socket
    if (socket?.readyState === WebSocket.OPEN) this.hello(socket)
  }

  private readonly watch = (): void => {
    if (this.socket && this.isReady && Date.now() - this.heardAt > SILENCE) this.drop(this.socket)
  }
}
