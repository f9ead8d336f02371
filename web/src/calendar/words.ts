// What a day is, in words: the holiday's name and who says so.
import { sayMaybe, useT } from '../i18n/i18n'
import type { Day } from './year'

export function useDayWords(): (day: Day) => string {
  const t = useT()
  return ({ special, works }) => {
    if (!special) return t(works ? 'calendar.workday' : 'calendar.day_off')
    const kind = t(`calendar.${special.source}_${special.kind}`)
    const name = special.source === 'state' ? (sayMaybe(`calendar.code_${special.code}`) ?? '') : special.name
    return [name, kind].filter(Boolean).join(' · ')
  }
}
