// Time zones for a choice: the browser's own and the usual one first, then all that the browser knows.
const USUAL = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo', 'Europe/Berlin', 'America/New_York']

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai'
}

/** Two groups; `chosen` is among them, whatever it is. */
export function zoneGroups(chosen: string): { usual: string[]; all: string[] } {
  const usual = [...new Set([chosen, browserZone(), ...USUAL])].filter(Boolean)
  const known = 'supportedValuesOf' in Intl ? Intl.supportedValuesOf('timeZone') : []
  return { usual, all: known.filter((zone) => !usual.includes(zone)) }
}
