// One entry as a sentence: who (for whom), what to whom, when and from where; more under a press.
import { useState } from 'react'
import type { AuditView } from '../api/generated'
import type { Id } from '../api/types'
import { exactTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useCan } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { roleName, useRoles } from '../roles/roles'
import { RelativeTime } from '../ui/RelativeTime'
import classes from './Audit.module.css'
import { device, sentence, thing } from './audit'

export function Entry({ entry }: { entry: AuditView }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const actor = usePerson(entry.actor_id)
  const behalf = usePerson(entry.behalf_id)
  const what = useWhat(entry.object.kind, entry.object.id)
  const who = entry.actor_id === null ? t('audit.the_house') : (actor?.name ?? '…')
  const from = [entry.address, device(entry.device)].filter(Boolean).join(' · ')
  return (
    <div className={classes.entry} data-act={entry.act}>
      <button type="button" className={classes.line} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={classes.said}>
          <b>{behalf ? t('audit.for', { who, behalf: behalf.name }) : who}</b> {sentence(entry, what)}
        </span>
        <RelativeTime at={entry.at} className={classes.when} />
      </button>
      {entry.reason && <p className={classes.reason}>{t('audit.reason', { reason: entry.reason })}</p>}
      {open && (
        <dl className={classes.more}>
          <dt>{t('audit.when')}</dt>
          <dd>{exactTime(entry.at)}</dd>
          {from && (
            <>
              <dt>{t('audit.from_where')}</dt>
              <dd>{from}</dd>
            </>
          )}
          <dt>{t('audit.details')}</dt>
          <dd>
            <code>
              {entry.act} {JSON.stringify(entry.details)}
            </code>
          </dd>
          <dt>{t('audit.sealed')}</dt>
          <dd>{entry.sealed === null ? t('audit.not_sealed') : `#${entry.sealed}`}</dd>
        </dl>
      )}
    </div>
  )
}

function useWhat(kind: string, id: Id): string {
  const person = usePerson(kind === 'person' ? id : null)
  const roles = useRoles(useCan('roles.edit') && kind === 'role')
  if (kind === 'person') return person?.name ?? `#${id}`
  const role = kind === 'role' ? roles.data?.find((one) => one.id === id) : undefined
  return role ? `«${roleName(role)}»` : thing(kind, id)
}
