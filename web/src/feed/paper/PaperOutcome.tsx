// What came of it: a vote's counts, who is where with an instruction, how far a task is.
import type { TaskView } from '../../api/generated'
import type { Id, PostPaper } from '../../api/types'
import { dayAndTime, listed } from '../../i18n/dates'
import { sayMaybe, useT } from '../../i18n/i18n'
import classes from './Paper.module.css'

export function PaperOutcome({ paper, name }: { paper: PostPaper; name: (id: Id) => string }) {
  const t = useT()
  const { post, vote, answers = [] } = paper
  const task = post.details?.kind === 'task' ? (post.details as unknown as TaskView) : null
  const { poll } = post
  return (
    <>
      {poll && vote && (
        <section className={classes.version}>
          <h3>
            {t('paper.vote')} · {t('paper.voters', { count: vote.voters })}
          </h3>
          <ul className={classes.earlier}>
            {poll.options.map((option, at) => (
              <li key={option}>
                {option}: {vote.votes[at] ?? 0}
              </li>
            ))}
          </ul>
        </section>
      )}
      {task && (
        <section className={classes.version}>
          <h3>{task.state === 'done' && task.done_by ? t('kinds.done_by', { name: name(task.done_by) }) : t('kinds.task_open')}</h3>
          <p>
            {t('kinds.for_whom', { names: listed(task.people.map(name)) })}
            {task.due_at && ` · ${t('paper.due', { at: dayAndTime(task.due_at) })}`}
          </p>
          <ul className={classes.earlier}>
            {task.items.map((one) => (
              <li key={one.number}>
                {one.done_at ? '☑' : '☐'} {one.text}
                {one.done_by && ` (${name(one.done_by)})`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {answers.length > 0 && (
        <section className={classes.version}>
          <h3>{t('paper.answers')}</h3>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t('paper.name')}</th>
                <th>{t('paper.state')}</th>
                <th>{t('paper.at')}</th>
              </tr>
            </thead>
            <tbody>
              {answers.map((one) => (
                <tr key={one.person_id}>
                  <td>{name(one.person_id)}</td>
                  <td>{sayMaybe(`paper.is_${one.state}`) ?? one.state}</td>
                  <td>{one.at && dayAndTime(one.at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
