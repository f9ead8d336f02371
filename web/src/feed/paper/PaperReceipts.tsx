// Who has confirmed which version, and when: as far as the reader sees it (W21).
import type { Id, PaperPerson, PostPaper } from '../../api/types'
import { dayAndTime } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { said } from '../receipts/question/form'
import classes from './Paper.module.css'

interface Props {
  paper: PostPaper
  name: (id: Id) => string
  people: ReadonlyMap<Id, PaperPerson>
}

export function PaperReceipts({ paper, name, people }: Props) {
  const t = useT()
  const { counts, receipts, earlier } = paper
  const asked = paper.post.receipts
  if (!counts || !asked) return null
  const who = (id: Id, by: Id | null): string => (by === null ? name(id) : t('paper.deputy', { principal: name(id), name: name(by) }))
  return (
    <section className={classes.version}>
      <h3>
        {t('paper.receipts')} · {t('paper.counts', { done: counts.done, asked: counts.asked })}
        {asked.due_at && ` · ${t('paper.due', { at: dayAndTime(asked.due_at) })}`}
      </h3>
      {asked.question && <p>{t('paper.question', { text: asked.question.text })}</p>}
      {paper.names === 'none' && <p>{t('paper.counts_only')}</p>}
      {paper.names === 'below' && <p>{t('paper.below_only')}</p>}
      {receipts.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('paper.name')}</th>
              <th>{t('paper.department')}</th>
              <th>{t('paper.state')}</th>
              <th>{t('paper.confirmed')}</th>
              <th>{t('paper.of_version')}</th>
              {asked.question && <th>{t('paper.answer')}</th>}
            </tr>
          </thead>
          <tbody>
            {receipts.map((one) => (
              <tr key={one.person_id}>
                <td>{who(one.person_id, one.by_id)}</td>
                <td>{people.get(one.person_id)?.departments.join('、')}</td>
                <td>{t(one.state === 'open' && one.read_at ? 'paper.state_read' : `paper.state_${one.state}`)}</td>
                <td>{one.done_at && dayAndTime(one.done_at)}</td>
                <td>{one.confirmed || ''}</td>
                {asked.question && <td>{one.answer && said(asked.question, one.answer)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {earlier.length > 0 && (
        <>
          <h3>{t('paper.earlier')}</h3>
          <ul className={classes.earlier}>
            {earlier.map((one) => (
              <li key={`${one.person_id}.${one.confirmed}`}>
                {t('paper.version', { version: one.confirmed, at: dayAndTime(one.done_at) })}: {who(one.person_id, one.by_id)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
