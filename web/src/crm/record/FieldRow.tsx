// One field: its value, pressed to change it where one may, revealed with a reason where it is masked, marked where it changed meanwhile.
import { ActionIcon, Button } from '@mantine/core'
import { IconEye, IconPencil } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useLanguage, useT } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { drafts } from '../../ui/drafts'
import { dialled } from '../contacting/calls'
import { FieldValue } from '../FieldValue'
import { fieldsOf, isWritable, useKind, useWords } from '../kinds'
import { isMasked, valueOf } from '../values'
import type { Field, RecordRow, Revealed } from '../wire'
import { FieldEditor, type KeptEdit } from './FieldEditor'
import classes from './RecordPage.module.css'
import { RevealDialog } from './RevealDialog'
import type { LiveRecord } from './useRecord'

export function draftPlace(row: RecordRow, field: Field): string {
  return `record.${row.kind}.${row.id}.${field.name}`
}

interface Props {
  field: Field
  row: RecordRow
  live: LiveRecord
}

/** Why there is no pencil. */
function FollowsFrom({ kind, field }: { kind: string; field: Field }) {
  const t = useT()
  const words = useWords()
  const language = useLanguage()
  const declared = useKind(kind)
  if (!declared) return null
  const names = fieldsOf(declared, field.follows_from).map((one) => words(one.words))
  return <span className={classes.follows}>{t('crm.follows_from', { names: new Intl.ListFormat(language).format(names) })}</span>
}

const LONGEST = 120_000

export function FieldRow({ field, row, live }: Props) {
  const t = useT()
  const name = useWords()(field.words)
  const me = useMyId()
  const place = draftPlace(row, field)
  const [kept] = useState(() => drafts.readForm<KeptEdit>(me, place))
  const [editing, setEditing] = useState(kept !== null)
  const [asking, setAsking] = useState(false)
  const [revealed, setRevealed] = useState<Revealed | null>(null)
  useEffect(() => {
    if (!revealed) return
    const left = Math.min(LONGEST, Math.max(1_000, Date.parse(revealed.until) - Date.now()))
    const timer = setTimeout(() => setRevealed(null), left)
    return () => clearTimeout(timer)
  }, [revealed])
  const stands = valueOf(row, field)
  const value = revealed && isMasked(stands) ? revealed.value : stands
  // Nobody writes over what they see in part, but for the identity class, which everybody sees so.
  const mayWrite = row.may.includes('write') && !row.voided && isWritable(field) && (!isMasked(stands) || field.class === 'identity')
  if (editing && mayWrite) {
    return (
      <div className={classes.field} data-field={field.name} data-editing>
        <dt className="tf-hidden">{name}</dt>
        <dd className={classes.value}>
          <FieldEditor field={field} row={row} start={value} kept={kept} place={place} save={live.save} onClose={() => setEditing(false)} />
        </dd>
      </div>
    )
  }
  return (
    <div className={classes.field} data-field={field.name}>
      <dt className={classes.name}>
        {name}
        {field.follows_from.length > 0 && <FollowsFrom kind={row.kind} field={field} />}
        {live.marks.has(field.name) && (
          <span className={classes.mark} role="status">
            {t('crm.changed')}
          </span>
        )}
      </dt>
      <dd className={classes.value}>
        <span className={classes.shown}>
          <FieldValue field={field} value={value} {...(field.type === 'phone' && typeof value === 'string' && !row.voided && { onDial: () => dialled(row, field.name, value) })} />
        </span>
        {isMasked(value) && row.may.includes('reveal') && (
          <Button variant="light" size="compact-md" className={classes.reveal} leftSection={<IconEye size={16} />} aria-label={t('crm.reveal', { name })} onClick={() => setAsking(true)}>
            {t('crm.reveal_short')}
          </Button>
        )}
        {mayWrite && (
          <ActionIcon className={classes.pencil} aria-label={t('crm.edit', { name })} onClick={() => setEditing(true)}>
            <IconPencil size={18} stroke={1.7} />
          </ActionIcon>
        )}
        {asking && <RevealDialog field={field} row={row} onRevealed={setRevealed} onClose={() => setAsking(false)} />}
      </dd>
    </div>
  )
}
