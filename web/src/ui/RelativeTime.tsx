// A time said relatively, with the exact one on hover and for machines.
import { exactTime, listTime, relativeTime } from '../i18n/dates'
import { useLanguage } from '../i18n/i18n'
import { useNow } from './now'

interface Props {
  at: string
  /** `list`: narrow form for rows. */
  form?: 'relative' | 'list'
  className?: string | undefined
}

export function RelativeTime({ at, form = 'relative', className }: Props) {
  useLanguage()
  const ticked = useNow()
  const now = new Date(Math.max(ticked.getTime(), Date.now() - 60_000))
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {form === 'list' ? listTime(at, now) : relativeTime(at, now)}
    </time>
  )
}
