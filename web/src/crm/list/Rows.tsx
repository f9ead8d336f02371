// One record of a list: columns at a desk, two lines on a phone. The whole row is the way to its page.
import { IconArrowDown, IconArrowUp, IconLock, IconStarFilled } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useT } from '../../i18n/i18n'
import { RelativeTime } from '../../ui/RelativeTime'
import { Chip, FieldValue } from '../FieldValue'
import { addressOfRecord, fieldOf, fieldsOf, useWords } from '../kinds'
import { PoolName } from '../pools/PoolName'
import { LitMark } from '../registry/Mark'
import { useRow } from '../rows'
import { STAGE } from '../stages/moves'
import { isEmpty, valueOf } from '../values'
import type { Field, RecordKind, RecordRow } from '../wire'
import classes from './List.module.css'
import picking from './Selecting.module.css'
import { useLongPress } from './useLongPress'
import type { Selection } from './useSelection'

/** The title's column is the widest, and the first wherever it stands. */
function tableColumns(kind: RecordKind, names: readonly string[]): Field[] {
  return fieldsOf(kind, names).filter((one) => one.name !== kind.title)
}

/** What a column needs to be read, in shares of the row; the head and the rows agree because both ask here. */
const WIDTHS: Partial<Record<Field['type'], number>> = { choice: 0.8, flag: 0.5, person: 0.8, date: 0.8, time: 0.8, address: 1.6, long_text: 1.6, url: 1.3, email: 1.3 }
const LEAST = 88 // pixels

function grid(fields: readonly Field[]): React.CSSProperties {
  const others = fields.map((one) => `minmax(${LEAST}px, ${WIDTHS[one.type] ?? 1}fr)`)
  return { gridTemplateColumns: ['minmax(220px, 2.2fr)', ...others].join(' '), minWidth: 220 + 32 + fields.length * (LEAST + 12) }
}

interface HeadProps {
  kind: RecordKind
  columns: readonly string[]
  sort: string
  onSort: (name: string) => void
  /** All that are loaded, to be chosen at once. */
  shown: readonly number[]
  selection: Selection
}

export function TableHead({ kind, columns, sort, onSort, shown: ids, selection }: HeadProps) {
  const t = useT()
  const words = useWords()
  const shown = [...fieldsOf(kind, [kind.title]), ...tableColumns(kind, columns)]
  const isWhole = selection.isAll || (ids.length > 0 && ids.every((id) => selection.ids.has(id)))
  return (
    <div className={picking.pick}>
      <label className={picking.check}>
        <input type="checkbox" aria-label={t('lists.select_all')} checked={isWhole} onChange={() => selection.choose(isWhole ? [] : ids)} />
      </label>
    <div className={classes.head} style={grid(shown.slice(1))}>
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
    </div>
  )
}

interface LineProps {
  kind: RecordKind
  id: number
  columns: readonly string[]
  isDesk: boolean
  /** None: nothing is selected here. */
  selection?: Selection
}

export function RecordLine({ kind, id, columns, isDesk, selection }: LineProps) {
  const t = useT()
  const row = useRow(kind.kind, id)
  const press = useLongPress(selection && !isDesk ? () => selection.begin(id) : undefined)
  if (!row) return <div className={classes.line} />
  const fields = tableColumns(kind, columns)
  // Where the stage has a column, it does not stand at the title besides.
  const stage = columns.includes(STAGE) ? undefined : fieldOf(kind, STAGE)
  const isOn = selection !== undefined && (selection.isAll || selection.ids.has(id))
  const line = (
    <Link
      href={addressOfRecord(kind.kind, id)}
      className={isDesk ? classes.row : `${classes.line} ${picking.line}`}
      data-record={id}
      {...press}
      {...(isDesk && { style: grid(fields) })}
      {...(selection?.isOn && !isDesk && { onClick: (event: React.MouseEvent) => { event.preventDefault(); selection.toggle(id) } })}
    >
      {isDesk ? <Cells kind={kind} row={row} fields={fields} stage={stage} /> : <TwoLines kind={kind} row={row} fields={fields} stage={stage} />}
    </Link>
  )
  if (!selection || (!isDesk && !selection.isOn)) return line
  return (
    <div className={picking.pick} data-on={isOn || undefined}>
      <label className={picking.check}>
        <input type="checkbox" aria-label={t('lists.select_record', { title: row.title || row.number })} checked={isOn} onChange={() => selection.toggle(id)} />
      </label>
      {line}
    </div>
  )
}

interface Parts {
  kind: RecordKind
  row: RecordRow
  fields: readonly Field[]
  stage: Field | undefined
}

function Title({ kind, row, stage }: Omit<Parts, 'fields'>) {
  const t = useT()
  return (
    <span className={classes.title}>
      {row.starred && <IconStarFilled size={14} className={classes.star} aria-label={t('crm.starred')} />}
      <span className={classes.cut}>{row.title || row.number}</span>
      {kind.registry && !isEmpty(row.fields[kind.registry.field]) && <LitMark />}
      {stage && row.stage && <Chip field={stage} code={row.stage} />}
      {row.locked && <IconLock size={14} className={classes.lock} aria-label={t('stages.locked')} />}
      {row.owner === null && row.pool !== null && <span className={classes.pooled}><PoolName id={row.pool} /></span>}
      {row.voided && <span className={classes.voided}>{t('crm.voided')}</span>}
    </span>
  )
}

function Cells({ kind, row, fields, stage }: Parts) {
  return (
    <>
      <Title kind={kind} row={row} stage={stage} />
      {fields.map((field) => (
        <span key={field.name} className={classes.cell} data-type={field.type}>
          <FieldValue field={field} value={valueOf(row, field)} plain />
        </span>
      ))}
    </>
  )
}

const MOST_BELOW = 3
const STANDS_ABOVE = ['updated_at', 'last_followed_at'] // the time of the first line

/** On a phone: the first three columns that are chosen. */
function TwoLines({ kind, row, fields, stage }: Parts) {
  const below = fields.filter((field) => !STANDS_ABOVE.includes(field.name)).slice(0, MOST_BELOW).filter((field) => !isEmpty(valueOf(row, field)))
  return (
    <>
      <span className={classes.top}>
        <Title kind={kind} row={row} stage={stage} />
        <RelativeTime at={row.last_followed_at ?? row.updated_at} form="list" className={classes.when} />
      </span>
      <span className={classes.below}>
        {below.length === 0 && row.number}
        {below.map((field) => (
          <span key={field.name} className={classes.part} data-type={field.type}>
            <FieldValue field={field} value={valueOf(row, field)} plain />
          </span>
        ))}
      </span>
    </>
  )
}
