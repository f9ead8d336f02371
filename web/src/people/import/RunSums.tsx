// How many rows of each outcome; pressing one shows only those.
import { number } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import classes from './RunSums.module.css'
import { type Outcome, outcomes, type Run } from './runs'

interface Props {
  run: Run
  chosen: Outcome | null
  onChoose: (outcome: Outcome | null) => void
}

export function RunSums({ run, chosen, onChoose }: Props) {
  const t = useT()
  const all = outcomes.reduce((sum, outcome) => sum + run[outcome], 0)
  return (
    <div className={classes.sums} role="group" aria-label={t('people.show_only')}>
      <button type="button" className={classes.sum} aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        <strong>{number(all)}</strong>
        <span>{t('people.all_rows')}</span>
      </button>
      {outcomes.map((outcome) => (
        <button
          key={outcome}
          type="button"
          className={classes.sum}
          data-outcome={outcome}
          data-none={run[outcome] === 0 || undefined}
          aria-pressed={chosen === outcome}
          onClick={() => onChoose(chosen === outcome ? null : outcome)}
        >
          <strong>{number(run[outcome])}</strong>
          <span>{t(`people.outcome_${outcome}`)}</span>
        </button>
      ))}
    </div>
  )
}
