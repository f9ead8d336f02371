// Everyone who can see a post, laid open beside the words that were pressed.
import { Popover } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Department, Person } from '../../api/types'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import classes from './AudienceSummary.module.css'

interface Props {
  button: ReactElement
  opened: boolean
  everyone: boolean
  places: readonly Department[]
  people: readonly Person[]
  onClose: () => void
}

export default function AudienceList({ button, opened, everyone, places, people, onClose }: Props) {
  const t = useT()
  return (
    <Popover opened={opened} onClose={onClose} position="bottom-start" width={280} shadow="md" withinPortal>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown className={classes.all} aria-label={t('feed.audience')}>
        <p className={classes.title}>{t('feed.audience')}</p>
        {everyone && <p>{t('feed.everyone')}</p>}
        {places.map((one) => (
          <p key={one.id}>{one.path}</p>
        ))}
        {people.length > 0 && <p>{listed(people.map((one) => one.name))}</p>}
      </Popover.Dropdown>
    </Popover>
  )
}
