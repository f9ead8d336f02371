// Whether what is being written will count as a follow-up: said before it is sent (W7, M49).
import { IconClockCheck, IconClockX } from '@tabler/icons-react'
import { useT } from '../../i18n/i18n'
import classes from './FollowUps.module.css'
import { useLeast } from './rule'

export function Counts({ moves }: { moves: boolean }) {
  const t = useT()
  const least = useLeast()
  const Icon = moves ? IconClockCheck : IconClockX
  return (
    <p className={classes.counts} data-counts={moves}>
      <Icon size={18} aria-hidden />
      {moves ? t('crm.followup_counts', { least }) : t('crm.followup_counts_not')}
    </p>
  )
}
