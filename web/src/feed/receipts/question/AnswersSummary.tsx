// What was answered so far, live: a bar for each choice, the sum of numbers, how many files; and everything as a table.
import { Button, Progress } from '@mantine/core'
import { IconTableExport } from '@tabler/icons-react'
import type { AnswersView, Id, Question } from '../../../api/types'
import { number } from '../../../i18n/dates'
import { useLanguage, useT } from '../../../i18n/i18n'
import classes from './Question.module.css'

export function AnswersSummary({ question, answers }: { question: Question; answers: AnswersView }) {
  const t = useT()
  return (
    <section aria-label={question.text}>
      <h3 className={classes.asked}>{question.text}</h3>
      {question.type === 'choice' ? (
        <ul className={classes.bars}>
          {question.choices.map((choice, at) => (
            <li key={choice} className={classes.bar}>
              <span>{choice}</span>
              <span className={classes.count}>{number(answers.chosen[at] ?? 0)}</span>
              <Progress size="sm" aria-label={choice} value={answers.answered > 0 ? ((answers.chosen[at] ?? 0) / answers.answered) * 100 : 0} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.count}>
          {question.type === 'number' && answers.sum !== null && answers.least !== null && answers.most !== null
            ? t('feed.answers_numbers', {
                count: answers.answered,
                sum: number(answers.sum),
                mean: number(Math.round((answers.sum / answers.answered) * 100) / 100),
                least: number(answers.least),
                most: number(answers.most),
                unit: question.unit ?? '',
              })
            : t('feed.answers_count', { count: answers.answered })}
        </p>
      )}
    </section>
  )
}

/** The rows of the panel as a spreadsheet. */
export function SheetLink({ post }: { post: Id }) {
  const t = useT()
  const language = useLanguage()
  return (
    <Button
      component="a"
      variant="default"
      href={`/api/posts/${post}/receipts/sheet?language=${language}`}
      leftSection={<IconTableExport size={18} />}
    >
      {t('feed.sheet')}
    </Button>
  )
}
