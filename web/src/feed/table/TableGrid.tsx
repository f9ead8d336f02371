// A table as it is read: wide ones move sideways inside their frame, never the page.
import { type ReactNode } from 'react'
import type { TableColumn } from '../../api/generated'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import classes from './Table.module.css'

export interface GridRow {
  key: string | number
  cells: readonly string[]
  /** Who filled it in, where that is said. */
  by?: number
  /** What can be done with it. */
  acts?: ReactNode
}

interface Props {
  name: string
  columns: readonly TableColumn[]
  rows: readonly GridRow[]
  /** Whether the rows say who filled them in. */
  named?: boolean
}

export function TableGrid({ name, columns, rows, named = false }: Props) {
  const t = useT()
  const acts = rows.some((row) => row.acts)
  return (
    <div className={classes.frame} role="region" aria-label={name} tabIndex={0}>
      <table className={classes.grid}>
        <thead>
          <tr>
            <th scope="col" className={classes.number}>
              <span aria-hidden>#</span>
              <span className="tf-hidden">{t('table.row_number')}</span>
            </th>
            {columns.map((column, at) => (
              <th key={at} scope="col" data-type={column.type}>
                {headOf(column)}
              </th>
            ))}
            {named && <th scope="col">{t('table.filled_by')}</th>}
            {acts && (
              <th scope="col" className={classes.acts}>
                <span className="tf-hidden">{t('table.row_acts')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.key} data-row={row.key}>
              <td className={classes.number}>{at + 1}</td>
              {columns.map((column, place) => (
                <td key={place} data-type={column.type}>
                  <SaidCell column={column} value={row.cells[place] ?? ''} />
                </td>
              ))}
              {named && <td className={classes.by}>{row.by !== undefined && <PersonName id={row.by} />}</td>}
              {acts && <td className={classes.acts}>{row.acts}</td>}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td className={classes.none} colSpan={columns.length + 1 + Number(named)}>
                {t('table.no_rows')}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

export function headOf(column: TableColumn): string {
  return column.unit ? `${column.title} (${column.unit})` : column.title
}

export function SaidCell({ column, value }: { column: TableColumn; value: string }) {
  const t = useT()
  if (value === '') return null
  if (column.type === 'person') return <PersonName id={Number(value)} />
  if (column.type === 'yes_no') return t(value === 'yes' ? 'table.yes' : 'table.no')
  return value
}

function PersonName({ id }: { id: number }) {
  return usePerson(id)?.name ?? '…'
}
