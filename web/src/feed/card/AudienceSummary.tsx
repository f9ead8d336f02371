// Who can see a post: in a few words, whole when pressed.
import { IconBuilding, IconUsers, IconWorld } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Audience } from '../../api/types'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { useDepartments, usePeople } from '../../live/directory'
import classes from './AudienceSummary.module.css'

const AudienceList = lazy(() => import('./AudienceList'))
const FIRST = 2

export function AudienceSummary({ audience }: { audience: Audience }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const [used, setUsed] = useState(false)
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
  const button = (
    <button
      type="button"
      className={classes.summary}
      aria-label={t('feed.seen_by', { names: short })}
      aria-haspopup="dialog"
      aria-expanded={open}
      autoFocus={used}
      onClick={() => {
        setUsed(true)
        setOpen(!open)
      }}
    >
      <Icon size={15} aria-hidden />
      <span className={classes.short}>{short}</span>
    </button>
  )
  if (!used) return button
  return (
    <Suspense fallback={button}>
      <AudienceList button={button} opened={open} everyone={everyone} places={places} people={known} onClose={() => setOpen(false)} />
    </Suspense>
  )
}
