// A device in words: «Chrome · Windows», or what kind of thing it is.
import type { DeviceView } from '../api/generated'
import { say } from '../i18n/i18n'

export function deviceName({ kind, system, browser }: Pick<DeviceView, 'kind' | 'system' | 'browser'>): string {
  const known = [browser, system].filter(Boolean).join(' · ')
  return known || say(kind === 'program' ? 'security.program' : 'security.unknown_device')
}
