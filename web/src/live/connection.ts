// What the connection is doing, for whoever shows or waits for it. Written by live/socket.ts only.
import { Signal } from './emitter'

export type ConnectionState = 'connecting' | 'online' | 'resuming' | 'offline' | 'ended'

export const connection = new Signal<ConnectionState>('connecting')
