// A dangerous act that the server wants confirmed: asked here once, whoever waits for it, and then the act goes on by itself.
// api/client.ts calls it; StepUpDialog shows it.
import { whenStepUpIsNeeded } from '../api/client'
import { Signal } from '../live/emitter'

interface Asking {
  answer: (confirmed: boolean) => void
}
export const asking = new Signal<Asking | null>(null)

let waiting: Promise<boolean> | null = null

export function askWhoIsThere(): Promise<boolean> {
  waiting ??= new Promise<boolean>((resolve) => {
    asking.set({
      answer: (confirmed) => {
        waiting = null
        asking.set(null)
        resolve(confirmed)
      },
    })
  })
  return waiting
}

whenStepUpIsNeeded(askWhoIsThere)
