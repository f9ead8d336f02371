// What is dialled, and what may be a whole number. Pure.

/** As a telephone takes it. */
export function dialledAs(phone: string): string {
  return phone.replace(/[^+\d]/g, '')
}

/** A number that is whole, as somebody typed it: a mobile number, one with its area code, or one with its country's. Else null. */
export function wholeNumber(typed: string): string | null {
  if (!/^\+?[\d\s().-]+$/.test(typed.trim())) return null
  const digits = dialledAs(typed)
  const isWhole = /^(\+?86)?1[3-9]\d{9}$/.test(digits) || /^0\d{9,11}$/.test(digits) || /^\+\d{8,15}$/.test(digits)
  return isWhole ? digits : null
}
