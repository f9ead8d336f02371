// Of which sort it was, at a press.
import chips from '../../feed/share/Field.module.css'
import { SORTS, type Sort, sortWord } from '../../feed/kinds/sales/sorts'
import { useT } from '../../i18n/i18n'
import classes from './FollowUps.module.css'

export function SortChoice({ value, onChange }: { value: Sort; onChange: (sort: Sort) => void }) {
  const t = useT()
  return (
    <div className={classes.sorts} role="group" aria-label={t('crm.followup_sort')}>
      {SORTS.map((one) => (
        <button key={one} type="button" className={chips.choice} aria-pressed={value === one} onClick={() => onChange(one)} data-sort={one}>
          {sortWord(one)}
        </button>
      ))}
    </div>
  )
}
