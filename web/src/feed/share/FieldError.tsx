// What is wrong, beside the field itself.
import type { FieldProblem } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { fieldText } from '../../ui/ProblemText'
import classes from './Field.module.css'

export function FieldError({ problem, id }: { problem: FieldProblem | undefined; id?: string }) {
  useT()
  if (!problem) return null
  return (
    <p className={classes.error} id={id} data-error={problem.code}>
      {fieldText(problem)}
    </p>
  )
}
