// Whether what is being written will count as a follow-up: said before it is sent (W7, M49).
import { IconClockCheck, IconClockX } from '@tabler/icons-react'
import { useT } from '../../i18n/i18n'
import { useMe } from '../../live/bootstrap'
import { usePerson } from '../../live/directory'
import classes from './FollowUps.module.css'
import { useLeast } from './rule'

/** `told`: it goes to colleagues, so that who leads me sees it too. */
export function Counts({ moves, told }: { moves: boolean; told: boolean }) {
  const t = useT()
  const above = usePerson(useMe().person.manager_id)
  const least = useLeast()
  const Icon = moves ? IconClockCheck : IconClockX
  return (
    <p className={classes.counts} data-counts={moves}>
      <Icon size={18} aria-hidden />
      {moves ? [t('crm.followup_counts', { least }), told && above && t('crm.followup_above', { name: above.name })].filter(Boolean).join(t('crm.followup_and')) : t('crm.followup_counts_not')}
    </p>
  )
}
