// One row of the sheet and what becomes of it.
import type { ImportRow } from '../../api/types'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import classes from './RunRows.module.css'
import { columnName, rowError } from './words'

export function RunRow({ row }: { row: ImportRow }) {
  const t = useT()
  const changed = row.outcome === 'updated' ? listed(row.changed.map(columnName)) : ''
  return (
    <div className={classes.row} data-row={row.row} data-outcome={row.outcome}>
      <span className={classes.line}>
        <span className={classes.word}>{t('people.row')} </span>
        {row.row}
      </span>
      <span className={classes.outcome}>{t(`people.outcome_${row.outcome}`)}</span>
      <span className={classes.who}>
        <span className={classes.name}>{row.name || t('people.no_name')}</span>
        {row.staff_number && <span className={classes.number}>{row.staff_number}</span>}
      </span>
      <span className={classes.details}>
        {changed && <span>{t('people.changed', { columns: changed })}</span>}
        {row.errors.map((error) => (
          <span key={`${error.field}/${error.code}`} className={classes.error}>
            {rowError(error)}
          </span>
        ))}
      </span>
    </div>
  )
}
