// A prepared table while it is edited: choices as they are typed, one a line. Pure.
import type { NewPreparedTable, PreparedTableView, TableColumn } from '../api/generated'

export interface ColumnForm {
  /** Tells two of them apart. */
  id: string
  title: string
  type: TableColumn['type']
  required: boolean
  choices: string
  unit: string
}
export interface PreparedForm {
  name: string
  note: string
  columns: ColumnForm[]
}

export function newColumn(id: string): ColumnForm {
  return { id, title: '', type: 'text', required: false, choices: '', unit: '' }
}

export function formOf(table: PreparedTableView | null): PreparedForm {
  if (!table) return { name: '', note: '', columns: [newColumn('n0')] }
  const columns = table.columns.map((one, at) => ({ ...one, id: String(at), choices: one.choices.join('\n') }))
  return { name: table.name, note: table.note, columns }
}

/** As the server wants it. */
export function bodyOf({ name, note, columns }: PreparedForm): NewPreparedTable {
  const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)
  return {
    name,
    note,
    columns: columns.map(({ title, type, required, choices, unit }) => ({
      title, type, required,
      choices: type === 'choice' ? lines(choices) : [],
      unit: type === 'number' ? unit : '',
    })),
  }
}
