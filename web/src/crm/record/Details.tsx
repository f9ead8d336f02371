// The fields by sections. What is empty lies behind one press, so that what is known can be read.
import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../../i18n/i18n'
import { drafts } from '../../ui/drafts'
import { useMyId } from '../../live/bootstrap'
import { KeptOfRecord } from '../duplicates/Kept'
import { fieldsOf, useWords } from '../kinds'
import { isEmpty, valueOf } from '../values'
import type { Field, RecordKind, RecordRow } from '../wire'
import { draftPlace, FieldRow } from './FieldRow'
import classes from './RecordPage.module.css'
import type { LiveRecord } from './useRecord'

interface Props {
  kind: RecordKind
  row: RecordRow
  live: LiveRecord
}

export function Details({ kind, row, live }: Props) {
  const t = useT()
  const words = useWords()
  const placed = new Set(kind.sections.flatMap((one) => one.fields))
  const others = kind.fields.filter((one) => !placed.has(one.name) && !one.system)
  const system = kind.fields.filter((one) => !placed.has(one.name) && one.system && one.name !== 'number' && one.name !== 'owner')
  return (
    <>
      {kind.sections.map((one) => (
        <Section key={one.code} code={one.code} title={words(one.words)} fields={fieldsOf(kind, one.fields)} row={row} live={live} />
      ))}
      <Section code="other" title={t('crm.other_fields')} fields={others} row={row} live={live} />
      <KeptOfRecord kind={kind} row={row} stamp={live.stamp} />
      <Section code="system" title={t('crm.system_fields')} fields={system} row={row} live={live} />
    </>
  )
}

interface SectionProps {
  code: string
  title: string
  fields: readonly Field[]
  row: RecordRow
  live: LiveRecord
}

function Section({ code, title, fields, row, live }: SectionProps) {
  const t = useT()
  const me = useMyId()
  const [isWhole, setWhole] = useState(false)
  // Absent is what I may not see.
  const visible = fields.filter((one) => valueOf(row, one) !== undefined)
  const [begun] = useState(() => new Set(visible.filter((one) => drafts.readForm(me, draftPlace(row, one)) !== null).map((one) => one.name)))
  const [filled] = useState(() => new Set(visible.filter((one) => !isEmpty(valueOf(row, one))).map((one) => one.name)))
  const isShown = (field: Field): boolean =>
    isWhole || filled.has(field.name) || begun.has(field.name) || live.marks.has(field.name) || !isEmpty(valueOf(row, field))
  const shown = visible.filter(isShown)
  const hidden = visible.filter((one) => !filled.has(one.name) && !begun.has(one.name) && isEmpty(valueOf(row, one)))
  if (visible.length === 0) return null
  return (
    <section className={classes.section} aria-label={title} data-section={code}>
      <h3 className={classes.sectionTitle}>{title}</h3>
      <dl className={classes.fields}>
        {shown.map((field) => (
          <FieldRow key={field.name} field={field} row={row} live={live} />
        ))}
      </dl>
      {hidden.length > 0 && (
        <Button
          variant="subtle"
          size="compact-md"
          className={classes.more}
          leftSection={isWhole ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? t('crm.hide_empty') : t('crm.show_empty', { count: hidden.length })}
        </Button>
      )}
    </section>
  )
}
