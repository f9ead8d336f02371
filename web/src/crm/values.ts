// Values of fields as text, and what somebody typed as values. Pure.
import type { FileView, Language } from '../api/types'
import type { Address, Field, Line, LinkValue, Masked, RecordRow, Sent, Value } from './wire'

export function isMasked(value: Value | undefined): value is Masked {
  return typeof value === 'object' && value !== null && 'masked' in value
}

export function isLink(value: Value | undefined): value is LinkValue {
  return typeof value === 'object' && value !== null && 'id' in value && 'kind' in value
}

export function isAddress(value: Value | undefined): value is Address {
  return typeof value === 'object' && value !== null && 'street' in value
}

/** What several choices hold. */
export function isCodes(value: Value | undefined): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

export function isFiles(field: Pick<Field, 'type'>, value: Value | undefined): value is FileView[] {
  return field.type === 'files' && Array.isArray(value)
}

function isFile(one: FileView | Line): one is FileView {
  return typeof one.id === 'number' && 'size' in one
}

export function isEmpty(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isAddress(value) && Object.values(value).every((part) => part === '')
}

/** The value of a column: of the record itself or of its fields; undefined where I may not see it. */
export function valueOf(row: RecordRow, field: Field): Value | undefined {
  if (field.system) return row[field.name as keyof RecordRow] as Value | undefined
  return row.fields[field.name]
}

/** Exact: decimal text never becomes a binary number. `18900.5` → `18,900.50`. */
export function grouped(text: string, decimals: number | null): string {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text) ?? []
  if (!whole) return text
  const digits = decimals === null ? part.replace(/0+$/, '') : part.padEnd(decimals, '0')
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (digits && `.${digits}`)
}

const SIGNS: Record<string, string> = { CNY: '¥', USD: 'US$', EUR: '€', GBP: '£', JPY: 'JP¥', HKD: 'HK$' }

export function moneyText(text: string, currency: string | null): string {
  const sign = currency === null ? '' : (SIGNS[currency] ?? `${currency} `)
  const amount = grouped(text, 2)
  return amount.startsWith('-') ? `-${sign}${amount.slice(1)}` : sign + amount
}

/** What a telephone is given to dial. */
export function telephone(number: string): string {
  return `tel:${number.replace(/[^+\d]/g, '')}`
}

/** As it is dialled is not as it is read. */
export function phoneText(phone: string): string {
  const mobile = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(phone)
  if (mobile) return mobile.slice(1).join(' ')
  return phone.startsWith('+86') ? `+86 ${phone.slice(3)}` : phone
}

/** From large to small in Chinese, from small to large in English. */
export function addressText(address: Address, language: Language): string {
  const { country, province, city, district, street, postcode } = address
  if (language === 'en') return [street, district, city === province ? '' : city, [province, postcode].filter(Boolean).join(' '), country].filter(Boolean).join(', ')
  const place = [country, province, city === province ? '' : city, district].filter(Boolean).join('')
  return [place + (/^[\x20-\x7e]/.test(street) && place ? ` ${street}` : street), postcode].filter(Boolean).join(' ')
}

/** Full-width digits, blanks and commas go; «1.5万» is ten thousand times as much. What is no number stays as it was typed. */
export function decimalOf(typed: string): string {
  const text = typed.normalize('NFKC').replace(/[\s,，¥$€£]/g, '')
  const [, sign = '', whole = '', part = '', times = ''] = /^([-+]?)(\d*)(?:\.(\d*))?(万|亿)?$/.exec(text) ?? []
  if (whole + part === '') return typed.trim()
  const shift = times === '万' ? 4 : times === '亿' ? 8 : 0
  const digits = part.padEnd(shift, '0')
  const left = (whole + digits.slice(0, shift)).replace(/^0+(?=\d)/, '') || '0'
  const right = digits.slice(shift)
  return `${sign === '-' ? '-' : ''}${left}${right && `.${right}`}`
}

/** What is sent for a value: of a link its id. */
export function sent(value: Value | undefined): Sent {
  if (value === undefined || value === '') return null
  if (isLink(value)) return value.id
  if (isAddress(value) && isEmpty(value)) return null
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'object' && isFile(one) ? one.id : one)) as Sent
  return value
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(normal(sent(a))) === JSON.stringify(normal(sent(b)))
}
/** Keys in one order: the server need not keep ours. */
function normal(value: Sent): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value).sort(([a], [b]) => a.localeCompare(b))
}

/** A reason is one line, however it was typed. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
