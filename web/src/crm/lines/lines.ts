// Lines of a record as they are written: their amounts are computed as the server does, exactly, while one types. Pure.
import { decimalOf } from '../values'
import type { Field, Line, LineColumn, Value } from '../wire'

export const AMOUNT = 'amount'
const SCALE = 4

function scaled(text: string | null | undefined): bigint | null {
  if (!text) return 0n
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d{0,4}))?$/.exec(decimalOf(text)) ?? []
  if (!whole) return null
  const number = BigInt(whole + part.padEnd(SCALE, '0'))
  return sign ? -number : number
}

/** Null while one of the factors is no number yet. */
export function amountOf(columns: readonly LineColumn[], line: Line): string | null {
  let product = 1n
  let unit = 1n
  for (const column of columns.filter((one) => one.factor)) {
    const number = scaled(line[column.name])
    if (number === null) return null
    product *= number
    unit *= 10n ** BigInt(SCALE) * (column.type === 'percent' ? 100n : 1n)
  }
  const step = unit / 100n
  const size = product < 0n ? -product : product
  const cents = (2n * size + step) / (2n * step)
  const text = String(cents).padStart(3, '0')
  return `${product < 0n && cents > 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Of the amounts that there are. */
export function sumOf(columns: readonly LineColumn[], lines: readonly Line[]): string {
  const cents = lines.reduce((sum, line) => sum + BigInt((amountOf(columns, line) ?? '0.00').replace('.', '')), 0n)
  const text = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

/** A cell as it is read: a price of more digits than it needs is cut to cents. */
export function cellOf(column: LineColumn, line: Line): string | null {
  const text = line[column.name] ?? null
  return column.type === 'money' && text !== null ? text.replace(/(\.\d{2}\d*?)0+$/, '$1') : text
}

/** Of the first price among the columns. */
export function currencyOf(columns: readonly LineColumn[]): string | null {
  return columns.find((one) => one.factor && one.type === 'money')?.currency ?? null
}

/** A column as a field, for what shows and edits fields. */
export function asField(column: LineColumn): Field {
  return {
    ...column, decimals: null, help: null, class: 'basic', readonly: false, computed: false, by_act: false, system: false, custom: false, duplicates: '', link: null,
    lines: [], can_filter: false, can_sort: false, operators: [], follows_from: [],
  }
}

export function isLines(field: Field, value: Value | undefined): value is Line[] {
  return field.type === 'lines' && Array.isArray(value)
}

/** As they are sent: numbers tidy, empty lines left out. */
export function tidied(columns: readonly LineColumn[], lines: readonly Line[]): Line[] {
  return lines.flatMap((line) => {
    const cells = columns.map(({ name, type }): [string, string | null] => {
      const text = line[name]?.trim() ?? ''
      const isNumber = type === 'money' || type === 'number' || type === 'percent'
      return [name, (isNumber && text ? decimalOf(text) : text) || null]
    })
    return cells.some(([, text]) => text !== null) ? [Object.fromEntries(cells)] : []
  })
}
