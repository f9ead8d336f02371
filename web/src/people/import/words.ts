// The import's codes in words: `import.error.CODE` with the values the server names, columns by their headings.
import type { FieldProblem } from '../../api/types'
import { sayMaybe } from '../../i18n/i18n'

type Params = Record<string, string | number> | undefined

export function importError(code: string, params: Params, detail: string): string {
  return sayMaybe(`import.error.${code}`, params ?? {}) ?? (detail || code)
}

export function columnName(field: string): string {
  return sayMaybe(`people.column_${field}`) ?? field
}

/** «手机: 不是手机号码…»; what concerns the whole row stands without a column. */
export function rowError({ field, code, params, detail }: FieldProblem): string {
  const text = importError(code, params, detail)
  return field === 'row' ? text : `${columnName(field)}: ${text}`
}
