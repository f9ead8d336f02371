// A refused or failed request as one error class; ui/ProblemText puts it in words by its code.
import type { FieldProblem, Problem } from './types'

export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`)
    this.name = 'ApiProblem'
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }
  get code(): string {
    return this.problem.code
  }
  /** The server never answered (offline, restart, time-out): worth trying again unchanged. */
  get isNetwork(): boolean {
    return this.problem.status === 0
  }
  /** The same request may succeed later without any change by the person. */
  get isPassing(): boolean {
    return this.isNetwork || this.status === 408 || this.status === 429 || this.status >= 500
  }
  field(name: string): FieldProblem | undefined {
    return this.problem.errors?.find((e) => e.field === name)
  }
}

export function networkProblem(code: 'offline' | 'timeout' = 'offline'): ApiProblem {
  return new ApiProblem({ status: 0, code })
}

export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem({ status: -1, code: 'unexpected', detail: String(error) })
}
