// The usual times of a reminder, in the time zone of the device. Pure.
export type WhenChoice = 'hour' | 'evening' | 'tomorrow' | 'monday' | 'custom'
const choices: readonly WhenChoice[] = ['hour', 'evening', 'tomorrow', 'monday', 'custom']

/** Null: this choice names no time, or its time has passed. */
export function timeOf(choice: WhenChoice, now: Date): Date | null {
  const day = (ahead: number, hour: number): Date =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead, hour)
  const at = {
    hour: () => new Date(now.getTime() + 3_600_000),
    evening: () => day(0, 18),
    tomorrow: () => day(1, 9),
    monday: () => day(((8 - now.getDay()) % 7) || 7, 9),
    custom: () => null,
  }[choice]()
  return at && at > now ? at : null
}

export function offered(now: Date): WhenChoice[] {
  return choices.filter((choice) => choice === 'custom' || timeOf(choice, now) !== null)
}
