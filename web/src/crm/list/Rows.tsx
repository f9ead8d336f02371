// One record of a list: columns at a desk, two lines on a phone. The whole row is the way to its page.
import { IconArrowDown, IconArrowUp, IconLock, IconStarFilled } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useT } from '../../i18n/i18n'
import { RelativeTime } from '../../ui/RelativeTime'
import { Chip, FieldValue } from '../FieldValue'
import { addressOfRecord, fieldOf, fieldsOf, useWords } from '../kinds'
import { useRow } from '../rows'
import { STAGE } from '../stages/moves'
import { isEmpty, valueOf } from '../values'
import type { Field, RecordKind, RecordRow } from '../wire'
import classes from './List.module.css'

/** The title's column is the widest, and the first wherever it stands. */
function tableColumns(kind: RecordKind, names: readonly string[]): Field[] {
  return fieldsOf(kind, names).filter((one) => one.name !== kind.title)
}

function grid(count: number): React.CSSProperties {
  return { gridTemplateColumns: `minmax(220px, 2.2fr) repeat(${count}, minmax(0, 1fr))` }
}

interface HeadProps {
  kind: RecordKind
  columns: readonly string[]
  sort: string
  onSort: (name: string) => void
}

export function TableHead({ kind, columns, sort, onSort }: HeadProps) {
  const t = useT()
  const words = useWords()
  const shown = [...fieldsOf(kind, [kind.title]), ...tableColumns(kind, columns)]
  return (
    <div className={classes.head} style={grid(shown.length - 1)}>
      {shown.map((field) => {
        const name = words(field.words)
        const way = sort === field.name ? 'up' : sort === `-${field.name}` ? 'down' : null
        if (!field.can_sort) return <span key={field.name} className={classes.heading}>{name}</span>
        return (
          <button
            key={field.name}
            type="button"
            className={classes.heading}
            data-way={way ?? undefined}
            aria-label={t(way ? `crm.sorted_${way}` : 'crm.sort_by', { name })}
            onClick={() => onSort(field.name)}
          >
            <span className={classes.cut}>{name}</span>
            {way === 'up' && <IconArrowUp size={16} aria-hidden />}
            {way === 'down' && <IconArrowDown size={16} aria-hidden />}
          </button>
        )
      })}
    </div>
  )
}

interface LineProps {
  kind: RecordKind
  id: number
  columns: readonly string[]
  isDesk: boolean
}

export function RecordLine({ kind, id, columns, isDesk }: LineProps) {
  const row = useRow(kind.kind, id)
  if (!row) return <div className={classes.line} />
  const fields = tableColumns(kind, columns)
  // Where the stage has a column, it does not stand at the title besides.
  const stage = columns.includes(STAGE) ? undefined : fieldOf(kind, STAGE)
  return (
    <Link href={addressOfRecord(kind.kind, id)} className={isDesk ? classes.row : classes.line} data-record={id} {...(isDesk && { style: grid(fields.length) })}>
      {isDesk ? <Cells row={row} fields={fields} stage={stage} /> : <TwoLines row={row} fields={fields} stage={stage} />}
    </Link>
  )
}

interface Parts {
  row: RecordRow
  fields: readonly Field[]
  stage: Field | undefined
}

function Title({ row, stage }: { row: RecordRow; stage: Field | undefined }) {
  const t = useT()
  return (
    <span className={classes.title}>
      {row.starred && <IconStarFilled size={14} className={classes.star} aria-label={t('crm.starred')} />}
      <span className={classes.cut}>{row.title || row.number}</span>
      {stage && row.stage && <Chip field={stage} code={row.stage} />}
      {row.locked && <IconLock size={14} className={classes.lock} aria-label={t('stages.locked')} />}
      {row.voided && <span className={classes.voided}>{t('crm.voided')}</span>}
    </span>
  )
}

function Cells({ row, fields, stage }: Parts) {
  return (
    <>
      <Title row={row} stage={stage} />
      {fields.map((field) => (
        <span key={field.name} className={classes.cell} data-type={field.type}>
          <FieldValue field={field} value={valueOf(row, field)} plain />
        </span>
      ))}
    </>
  )
}

const MOST_BELOW = 3
const IS_TIME = ['updated_at', 'created_at', 'last_followed_at']

function TwoLines({ row, fields, stage }: Parts) {
  const below = fields.filter((field) => !IS_TIME.includes(field.name) && !isEmpty(valueOf(row, field))).slice(0, MOST_BELOW)
  return (
    <>
      <span className={classes.top}>
        <Title row={row} stage={stage} />
        <RelativeTime at={row.last_followed_at ?? row.updated_at} form="list" className={classes.when} />
      </span>
      <span className={classes.below}>
        {below.length === 0 && row.number}
        {below.map((field) => (
          <span key={field.name} className={classes.part}>
            <FieldValue field={field} value={valueOf(row, field)} plain />
          </span>
        ))}
      </span>
    </>
  )
}
