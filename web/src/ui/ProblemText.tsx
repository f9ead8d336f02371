// A refusal in words: by its code first, by the field codes beneath, never a bare number.
import { Alert } from '@mantine/core'
import { asProblem } from '../api/problem'
import type { FieldProblem } from '../api/types'
import { dayAndTime } from '../i18n/dates'
import { sayMaybe, translations, useT } from '../i18n/i18n'

/** Words of a declaration come in both languages. */
function spoken(params: Record<string, unknown>): Record<string, string | number> {
  const inOne = (value: unknown): unknown => (value !== null && typeof value === 'object' && translations.language in value ? value[translations.language as keyof typeof value] : value)
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, inOne(value)])) as Record<string, string | number>
}

/** One sentence for one field's refusal. */
export function fieldText(problem: FieldProblem): string {
  const params = spoken(problem.params ?? {})
  const said =
    sayMaybe(`problem.field.${problem.field}.${problem.code}`, params) ??
    sayMaybe(`problem.field.${problem.code}`, params) ??
    (problem.detail || problem.code)
  return params.line === undefined ? said : (sayMaybe('problem.in_line', { line: params.line, said }) ?? said)
}

/** One sentence for a whole problem, without its fields. */
export function problemText(error: unknown): string {
  const { problem } = asProblem(error)
  const params = {
    limit: problem.limit ?? '',
    used: problem.used ?? '',
    held: problem.count ?? '',
    until: problem.until ? dayAndTime(problem.until) : '',
    name: problem.name ?? '',
    when: problem.locked_at ? dayAndTime(problem.locked_at) : '',
  }
  if (problem.locked_at) return sayMaybe('problem.locked_by', params) ?? problem.detail ?? problem.code
  const until = problem.until ? sayMaybe(`problem.${problem.code}_until`, params) : undefined
  return (
    until ??
    (problem.reason ? sayMaybe(`problem.${problem.code}.${problem.reason}`, params) : undefined) ??
    sayMaybe(`problem.${problem.code}`, params) ??
    (problem.detail || problem.title || sayMaybe('problem.unexpected') || problem.code)
  )
}

interface Props {
  error: unknown
  /** Fields whose own text is shown beside the field itself. */
  besides?: readonly string[]
}

export function ProblemText({ error, besides = [] }: Props) {
  useT()
  if (!error) return null
  const fields = (asProblem(error).problem.errors ?? []).filter((e) => !besides.includes(e.field))
  return (
    <Alert color="red" role="alert" variant="light">
      {fields.length === 0 && problemText(error)}
      {fields.map((field) => (
        <div key={`${field.field}/${field.code}`}>{fieldText(field)}</div>
      ))}
    </Alert>
  )
}
