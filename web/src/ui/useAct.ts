// One act of a form: under way or not, what went wrong, and the sentence that belongs beside a field.
import { useState } from 'react'
import { asProblem } from '../api/problem'
import { fieldText } from './ProblemText'

export interface ActState {
  busy: boolean
  error: unknown
  /** Runs the act; a second press while it runs does nothing. Answers whether it was carried out. */
  run: (act: () => Promise<void>) => Promise<boolean>
  /** The sentence for this field, undefined when it is fine. */
  of: (field: string) => string | undefined
  /** The refusal without what stands beside these fields. */
  rest: (fields: readonly string[]) => unknown
}

/** A long form may hide the field that is wrong. */
function toTheFirstWrongField(): void {
  document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus()
}

export function useAct(): ActState {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (act: () => Promise<void>): Promise<boolean> => {
    if (busy) return false
    setBusy(true)
    setError(null)
    try {
      await act()
      return true
    } catch (problem) {
      setError(problem)
      setTimeout(toTheFirstWrongField)
      return false
    } finally {
      setBusy(false)
    }
  }
  const of = (field: string): string | undefined => {
    const found = error ? asProblem(error).field(field) : undefined
    return found && fieldText(found)
  }
  const rest = (fields: readonly string[]): unknown => {
    const named = error ? (asProblem(error).problem.errors ?? []) : []
    return named.length > 0 && named.every((one) => fields.includes(one.field)) ? null : error
  }
  return { busy, error, run, of, rest }
}
