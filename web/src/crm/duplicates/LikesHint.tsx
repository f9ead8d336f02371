// While a name or number is typed: something like it may be there already. Quiet, and silent when I asked too often today.
import { useT } from '../../i18n/i18n'
import classes from './Duplicates.module.css'
import { LikeLine } from './LikeLine'
import { type Asked, useLikes } from './useLikes'

const FEW = 3

export function LikesHint(asked: Asked) {
  const t = useT()
  const likes = useLikes(asked)
  if (likes.length === 0) return null
  return (
    <div className={classes.hint} role="status" data-hint={asked.field.name}>
      <span className={classes.says}>{t(likes.some((one) => one.strength === 'hard') ? 'duplicates.taken' : 'duplicates.maybe')}</span>
      {likes.slice(0, FEW).map((one, at) => (
        <LikeLine key={one.record?.id ?? `closed ${at}`} like={one} />
      ))}
    </div>
  )
}
