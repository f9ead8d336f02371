// One thing that is like what is being written: the record where I may read it, else whom to ask.
import { useT } from '../../i18n/i18n'
import { PersonName } from '../FieldValue'
import { addressOfRecord } from '../kinds'
import classes from './Duplicates.module.css'
import type { Like } from './wire'

export function LikeLine({ like }: { like: Like }) {
  const t = useT()
  const { record, owner } = like
  if (!record) {
    return (
      <span className={classes.line} data-like="closed">
        {owner === null ? t('duplicates.closed') : <>{t('duplicates.closed_of')} <PersonName id={owner} plain /></>}
      </span>
    )
  }
  return (
    <span className={classes.line} data-like={record.id}>
      <a href={addressOfRecord(record.kind, record.id)} target="_blank" rel="noreferrer" className={classes.title}>
        {record.title}
      </a>
      <span className={classes.more}>
        {record.number}
        {record.owner !== null && <> · <PersonName id={record.owner} plain /></>}
        {record.voided && <> · {t('crm.voided')}</>}
      </span>
    </span>
  )
}
