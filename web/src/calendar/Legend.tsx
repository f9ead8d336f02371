// What the colours and marks mean.
import { useT } from '../i18n/i18n'
import classes from './Calendar.module.css'

const SHOWN = [
  ['holiday', 'state'],
  ['workday', 'state'],
  ['holiday', 'company'],
  ['workday', 'company'],
] as const

export function Legend() {
  const t = useT()
  return (
    <ul className={classes.legend} aria-label={t('calendar.legend')}>
      <li>
        <span className={classes.sample} data-works aria-hidden>
          1
        </span>
        {t('calendar.workday')}
      </li>
      <li>
        <span className={classes.sample} aria-hidden>
          1
        </span>
        {t('calendar.day_off')}
      </li>
      {SHOWN.map(([kind, source]) => (
        <li key={kind + source}>
          <span
            className={classes.sample}
            data-special={kind}
            data-source={source}
            data-works={kind === 'workday' || undefined}
            aria-hidden
          >
            {t(kind === 'holiday' ? 'calendar.mark_holiday' : 'calendar.mark_workday')}
          </span>
          {t(`calendar.${source}_${kind}`)}
        </li>
      ))}
    </ul>
  )
}
