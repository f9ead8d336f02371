// What was answered, in one line; a file opens.
import type { Question, ReceiptAnswer } from '../../../api/types'
import { Attachments } from '../../../files/Attachments'
import { said } from './form'
import classes from './Question.module.css'

export function AnswerLine({ question, answer }: { question: Question | null | undefined; answer: ReceiptAnswer }) {
  if (answer.type === 'file') return <Attachments files={[answer.file]} />
  return <span className={classes.mine}>{said(question, answer)}</span>
}
