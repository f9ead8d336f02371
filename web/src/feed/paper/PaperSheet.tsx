// The sheet itself. Every name on it comes with the paper, so that it says what was so when it was made.
import type { PostTableView, TableColumn } from '../../api/generated'
import type { Id, PaperPerson, PostPaper } from '../../api/types'
import { exactTime, listed, number } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { Markdown } from '../../ui/Markdown'
import { headOf } from '../table/TableGrid'
import { wordOf } from '../kinds/words'
import { PaperOutcome } from './PaperOutcome'
import { PaperReceipts } from './PaperReceipts'
import classes from './Paper.module.css'

export function PaperSheet({ paper }: { paper: PostPaper }) {
  const t = useT()
  const { post, versions, files, cards } = paper
  const people = new Map(paper.people.map((one) => [one.id, one]))
  const places = new Map(paper.departments.map((one) => [one.id, one.path]))
  const name = (id: Id): string => nameOf(people.get(id), id)
  const { everyone, departments, people: named } = post.audience
  const audience = everyone ? t('paper.everyone') : listed([...departments.map((one) => places.get(one) ?? ''), ...named.map(name)])
  const author = name(post.author_id)
  const present = versions[versions.length - 1]
  return (
    <article className={classes.sheet}>
      <h2 className={classes.heading}>{post.title || wordOf(post.kind)}</h2>
      <dl className={classes.facts}>
        <Fact says={t('paper.author')}>{post.by_id === null ? author : t('paper.deputy', { principal: author, name: name(post.by_id) })}</Fact>
        <Fact says={t('paper.published')}>{exactTime(post.created_at)}</Fact>
        <Fact says={t('paper.audience')}>{audience}</Fact>
        {files.length > 0 && (
          <Fact says={t('paper.files')}>
            {files.map((one) => (
              <span key={one.id} className={classes.line}>
                {one.name} {one.until != null && <small>{t('paper.until', { version: one.until })}</small>}{' '}
                <small className={classes.digest}>SHA-256 {one.sha256}</small>
              </span>
            ))}
          </Fact>
        )}
        {cards.length > 0 && (
          <Fact says={t('paper.cards')}>
            {cards.map((one) => (
              <span key={`${one.kind}:${one.id}`} className={classes.line}>
                {one.restricted ? t('paper.hidden_card') : [one.title, one.subtitle].filter(Boolean).join(' · ')}
              </span>
            ))}
          </Fact>
        )}
      </dl>
      {present && versions.length === 1 && <Markdown text={present.text} />}
      {versions.length > 1 &&
        [...versions].reverse().map((one) => (
          <section key={one.version} className={classes.version}>
            <h3>{t('paper.version', { version: one.version, at: exactTime(one.at) })}</h3>
            {one.title && one.title !== post.title && <p>{one.title}</p>}
            <Markdown text={one.text} />
          </section>
        ))}
      {post.table && <PaperTable paper={paper} table={post.table} name={name} />}
      <PaperOutcome paper={paper} name={name} />
      {paper.counts && <PaperReceipts paper={paper} name={name} people={people} />}
      <p className={classes.made}>
        {t('paper.made', { company: paper.company, at: exactTime(paper.made_at), name: name(paper.made_by), seq: number(paper.seq) })}
      </p>
    </article>
  )
}

/** Its rows as they were when the paper was made. */
function PaperTable({ paper, table, name }: { paper: PostPaper; table: PostTableView; name: (id: Id) => string }) {
  const t = useT()
  const said = (type: TableColumn['type'], value: string): string => {
    if (value === '') return ''
    if (type === 'person') return name(Number(value))
    return type === 'yes_no' ? t(value === 'yes' ? 'table.yes' : 'table.no') : value
  }
  return (
    <section className={classes.version}>
      <h3>{table.name}</h3>
      {table.note && <p>{table.note}</p>}
      <table className={classes.table} data-rows={paper.rows.length}>
        <thead>
          <tr>
            {table.columns.map((column, at) => (
              <th key={at} scope="col">
                {headOf(column)}
              </th>
            ))}
            <th scope="col">{t('paper.filled_by')}</th>
          </tr>
        </thead>
        <tbody>
          {paper.rows.map((row) => (
            <tr key={row.id}>
              {table.columns.map((column, at) => (
                <td key={at}>{said(column.type, row.cells[at] ?? '')}</td>
              ))}
              <td>{name(row.person_id)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** With the staff number: two 张伟 must not be one on paper. */
export function nameOf(person: PaperPerson | undefined, id: Id): string {
  if (!person) return `#${id}`
  return person.staff_number ? `${person.name} (${person.staff_number})` : person.name
}

function Fact({ says, children }: { says: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{says}</dt>
      <dd>{children}</dd>
    </>
  )
}
