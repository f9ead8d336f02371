// One month: seven columns from Monday, a button per day.
import { memo } from 'react'
import { dayOf, monthName } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import classes from './Calendar.module.css'
import { useDayWords } from './words'
import type { Day, Month } from './year'

interface Props {
  year: number
  month: Month
  today: string
  onDay: (day: Day) => void
}

export const MonthGrid = memo(function MonthGrid({ year, month, today, onDay }: Props) {
  const t = useT()
  const words = useDayWords()
  const title = monthName(year, month.number)
  return (
    <section className={classes.month} aria-label={title}>
      <h3 className={classes.name}>{title}</h3>
      <div className={classes.grid} aria-hidden>
        {([1, 2, 3, 4, 5, 6, 7] as const).map((one) => (
          <span key={one} className={classes.weekday}>
            {t(`calendar.short_${one}`)}
          </span>
        ))}
      </div>
      <div className={classes.grid}>
        {month.days.map((day, at) => (
          <button
            key={day.date}
            type="button"
            className={`${classes.day} ${at === 0 ? (classes[`from${month.before + 1}`] ?? '') : ''}`}
            data-works={day.works || undefined}
            data-special={day.special?.kind}
            data-source={day.special?.source}
            aria-current={day.date === today ? 'date' : undefined}
            title={words(day)}
            onClick={() => onDay(day)}
          >
            <span>{day.number}</span>
            {day.special && (
              <span className={classes.mark}>
                {t(day.special.kind === 'holiday' ? 'calendar.mark_holiday' : 'calendar.mark_workday')}
              </span>
            )}
            <span className="tf-hidden">{` ${dayOf(day.date)} ${words(day)}`}</span>
          </button>
        ))}
      </div>
    </section>
  )
})
