// A call by one tap: logged as it begins; whether somebody answered is asked until it is said.
import { api } from '../../api/client'
import { newId } from '../../api/ids'
import type { Ref } from '../../api/types'
import { Signal } from '../../live/emitter'
import { problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import type { Call } from './wire'

export interface Dialled {
  kind: string
  record: number
  call: number
  number: string
}

/** The last one, of whichever record. */
export const lastCall = new Signal<Dialled | null>(null)

/** The telephone dials by itself: nothing waits for this. */
export function dialled(row: Ref, field: string, number: string): void {
  void (async () => {
    try {
      const { data } = await api.post<Call>(`/records/${row.kind}/${row.id}/calls`, { field }, { key: newId() })
      lastCall.set({ kind: row.kind, record: row.id, call: data.id, number })
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  })()
}
