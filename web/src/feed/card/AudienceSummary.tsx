// Who can see a post: in a few words, whole when pressed.
import { Popover } from '@mantine/core'
import { IconBuilding, IconUsers, IconWorld } from '@tabler/icons-react'
import { useState } from 'react'
import type { Audience } from '../../api/types'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { useDepartments, usePeople } from '../../live/directory'
import classes from './AudienceSummary.module.css'

const FIRST = 2

export function AudienceSummary({ audience }: { audience: Audience }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const { everyone, departments, people } = audience
  // Names of people are asked for as far as they are shown.
  const known = usePeople(open ? people : people.slice(0, FIRST))
  const places = useDepartments().filter((d) => departments.includes(d.id))
  const count = departments.length + people.length
  const first = [...places.map((d) => d.name), ...known.map((p) => p.name)].slice(0, FIRST)
  const more = count - first.length
  const short = everyone
    ? t('feed.everyone')
    : more > 0 && first.length > 0
      ? t('feed.and_more', { names: listed(first), count: more })
      : listed(first) || '…'
  const Icon = everyone ? IconWorld : departments.length > 0 ? IconBuilding : IconUsers
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={280} shadow="md" withinPortal>
      <Popover.Target>
        <button type="button" className={classes.summary} aria-label={t('feed.seen_by', { names: short })} onClick={() => setOpen(!open)}>
          <Icon size={15} aria-hidden />
          <span className={classes.short}>{short}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.all} aria-label={t('feed.audience')}>
        <p className={classes.title}>{t('feed.audience')}</p>
        {everyone && <p>{t('feed.everyone')}</p>}
        {places.map((d) => (
          <p key={d.id}>{d.path}</p>
        ))}
        {known.length > 0 && <p>{listed(known.map((p) => p.name))}</p>}
      </Popover.Dropdown>
    </Popover>
  )
}
