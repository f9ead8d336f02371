// Who or what it is, whose it is, how it stands; on a phone the way to call.
import { ActionIcon, Button } from '@mantine/core'
import { IconPhone, IconStar, IconStarFilled } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../api/client'
import { dayAndTime } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { showPerson } from '../../people/shown'
import { Avatar } from '../../ui/Avatar'
import { Notice } from '../../ui/Notice'
import { problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { dialled } from '../contacting/calls'
import { dialledAs } from '../contacting/number'
import { Chip, FieldValue } from '../FieldValue'
import { iconOf } from '../icons'
import { fieldOf, fieldsOf } from '../kinds'
import { useAmend } from '../rows'
import { STAGE } from '../stages/moves'
import { usePoolName } from '../pools/usePools'
import registry from '../registry/Registry.module.css'
import { isEmpty, isMasked, phoneText, valueOf } from '../values'
import type { RecordKind, RecordRow } from '../wire'
import classes from './RecordPage.module.css'
import type { LiveRecord } from './useRecord'

const RecordMark = lazy(() => import('../registry/RecordMark'))

export function Head({ kind, row, live }: { kind: RecordKind; row: RecordRow; live: LiveRecord }) {
  const t = useT()
  const Icon = iconOf(kind.icon)
  const stage = fieldOf(kind, STAGE)
  const shown = fieldsOf(kind, kind.shown).filter((field) => field.name !== STAGE && !isEmpty(valueOf(row, field)))
  const phone = kind.fields.find(({ type, name }) => type === 'phone' && !isEmpty(row.fields[name]) && !isMasked(row.fields[name]))
  const dial = phone && row.fields[phone.name]
  return (
    <header className={classes.head}>
      <span className={classes.icon} aria-hidden>
        <Icon size={26} stroke={1.6} />
      </span>
      <div className={classes.words}>
        <h2 className={classes.title}>{row.title || row.number}</h2>
        <p className={classes.line}>
          <span className={classes.number}>{row.number}</span>
          {stage && row.stage && <Chip field={stage} code={row.stage} />}
          {row.owner === null && row.pool !== null && <span className={classes.pooled}>{t('pools.pool')}</span>}
          {row.voided && <span className={classes.voided}>{t('crm.voided')}</span>}
          {shown.map((field) => (
            <span key={field.name}>
              <FieldValue field={field} value={valueOf(row, field)} plain />
            </span>
          ))}
        </p>
      </div>
      <div className={registry.marks}>
        <Star row={row} />
        {kind.registry && (
          <Suspense>
            <RecordMark kind={kind} row={row} live={live} />
          </Suspense>
        )}
      </div>
      <div className={classes.second}>
        <Owner id={row.owner} pool={row.pool} isNew={live.marks.has('owner')} />
        {phone && typeof dial === 'string' && (
          <Button className={classes.dial} component="a" href={`tel:${dialledAs(dial)}`} onClick={() => row.voided || dialled(row, phone.name, dial)} variant="light" leftSection={<IconPhone size={18} />} aria-label={t('crm.dial', { number: phoneText(dial) })}>
            {t('crm.dial_short')}
          </Button>
        )}
      </div>
      {row.locked && <Locked lock={row.locked} />}
      {row.voided && (
        <div className={classes.wholeLine}>
          <Notice role="status">{t('crm.is_voided')}</Notice>
        </div>
      )}
    </header>
  )
}

function Locked({ lock: { at, by } }: { lock: NonNullable<RecordRow['locked']> }) {
  const t = useT()
  const name = usePerson(by)?.name ?? '…'
  return (
    <div className={classes.wholeLine} data-locked-by={by}>
      <Notice role="status">{t('stages.is_locked', { name, when: dayAndTime(at) })}</Notice>
    </div>
  )
}

function Owner({ id, pool, isNew }: { id: number | null; pool: number | null; isNew: boolean }) {
  const t = useT()
  const person = usePerson(id)
  const lies = usePoolName(pool) ?? t('pools.another')
  if (id === null) return <p className={classes.line}>{pool === null ? t('crm.no_owner') : t('pools.lies_in', { name: lies })}</p>
  const name = person?.name ?? '…'
  return (
    <button type="button" className={classes.owner} data-owner={id} onClick={() => showPerson(id)}>
      <Avatar id={id} name={name} size={24} />
      {t('crm.owned_by', { name })}
      {isNew && <span className={classes.mark}>{t('crm.changed')}</span>}
    </button>
  )
}

function Star({ row }: { row: RecordRow }) {
  const t = useT()
  const amend = useAmend(row.kind, row.id)
  const [busy, setBusy] = useState(false)
  const press = async (): Promise<void> => {
    setBusy(true)
    const path = `/records/${row.kind}/${row.id}/star`
    try {
      const { seq } = row.starred ? await api.delete(path) : await api.put(path, {})
      amend({ starred: !row.starred }, seq)
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <ActionIcon aria-label={t('crm.star')} aria-pressed={row.starred} disabled={busy} onClick={() => void press()}>
      {row.starred ? <IconStarFilled size={22} className={classes.star} /> : <IconStar size={22} stroke={1.7} />}
    </ActionIcon>
  )
}
