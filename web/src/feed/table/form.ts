// A prepared table while it is written beside a post, and what can be said of a cell before asking the server. Pure.
import type { PreparedTableView, TableColumn, TableInput } from '../../api/generated'
import type { Id } from '../../api/types'

export const MOST_ROWS = 100
export const MOST_CELL = 500

export interface TableForm {
  table: Id
  version: number
  name: string
  note: string
  columns: readonly TableColumn[]
  rows: readonly (readonly string[])[]
  byReaders: boolean
}

export function formOf({ id, version, name, note, columns }: PreparedTableView): TableForm {
  return { table: id, version, name, note, columns, rows: [], byReaders: false }
}

/** What is sent. */
export function tableOf({ table, version, rows, byReaders }: TableForm): TableInput {
  return { table, version, rows: rows.map((row) => [...row]), by_readers: byReaders }
}

export function emptyRow(columns: readonly TableColumn[]): string[] {
  return columns.map(() => '')
}

const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/

/** What people type for a number: full width, with separators. */
export function asNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/[,\s]/g, '').replace(/^\+/, '')
}

/** The server's code, null where the cell is fine. */
export function wrongOf(column: TableColumn, cell: string): 'required' | 'number' | null {
  if (cell.trim() === '') return column.required ? 'required' : null
  return column.type === 'number' && !NUMBER.test(cell) ? 'number' : null
}

/** Row and column of a wrong cell in the name that the server gives it, `table.rows[2][1]` or `cells[1]`. */
export function placeOf(field: string): { row: number | null; column: number } | null {
  const found = /^(?:table\.rows\[(\d+)\]|cells)\[(\d+)\]$/.exec(field)
  if (!found) return null
  return { row: found[1] === undefined ? null : Number(found[1]), column: Number(found[2]) }
}
