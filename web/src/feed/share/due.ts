// When a receipt is due: a few usual times and one's own, in the time zone of the device. Pure.
export type DueChoice = 'none' | 'today' | 'tomorrow' | 'three_days' | 'custom'
export const dueChoices: readonly DueChoice[] = ['none', 'today', 'tomorrow', 'three_days', 'custom']

const usual: Partial<Record<DueChoice, { days: number; hour: number }>> = {
  today: { days: 0, hour: 18 },
  tomorrow: { days: 1, hour: 12 },
  three_days: { days: 3, hour: 18 },
}

/** Null: this choice names no time, or its time has passed (today 18:00 in the evening). */
export function timeOf(choice: DueChoice, now: Date): Date | null {
  const found = usual[choice]
  if (!found) return null
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() + found.days, found.hour)
  return at > now ? at : null
}

export function offered(now: Date): DueChoice[] {
  return dueChoices.filter((choice) => choice === 'none' || choice === 'custom' || timeOf(choice, now) !== null)
}

const two = (n: number): string => String(n).padStart(2, '0')

/** For `<input type="datetime-local">`, to the minute. */
export function toField(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

export function fromField(text: string): string | null {
  const at = new Date(text)
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString()
}
