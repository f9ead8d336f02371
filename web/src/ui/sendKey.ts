// How Enter behaves where messages are written: a choice of this device, made on the Me page.
import { Signal } from '../live/emitter'

export type SendKey = 'enter' | 'mod+enter'
const KEPT = 'tenfour.send'

function kept(): SendKey {
  try {
    return localStorage.getItem(KEPT) === 'mod+enter' ? 'mod+enter' : 'enter'
  } catch {
    return 'enter'
  }
}

export const sendKey = new Signal<SendKey>(kept())

export function chooseSendKey(value: SendKey): void {
  sendKey.set(value)
  try {
    localStorage.setItem(KEPT, value)
  } catch {
    /* kept for this page only */
  }
}
