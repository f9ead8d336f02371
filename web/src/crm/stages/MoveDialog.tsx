// Moves a record to another stage or state; says which fields are missing before, and who was faster.
import { NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { asProblem } from '../../api/problem'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { Notice } from '../../ui/Notice'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { addressOfRecord, useWords } from '../kinds'
import { oneLine } from '../values'
import type { Field, RecordKind, RecordRow } from '../wire'
import { missingIn, move, movedTo, standsAt, wantsReason } from './moves'
import classes from './Stages.module.css'

const MOST_REASON = 200

interface Props {
  kind: RecordKind
  row: RecordRow
  field: Field
  /** Chosen already, on a board. */
  to?: string | null
  /** Why it did not go at once. */
  refused?: unknown
  onClose: () => void
}

export function MoveDialog({ kind, row, field, to, refused, onClose }: Props) {
  const t = useT()
  const words = useWords()
  const act = useAct()
  const here = standsAt(row, field.name) ?? ''
  const others = field.choices.filter((one) => one.code !== here)
  const [chosen, setChosen] = useState(to ?? others[0]?.code ?? '')
  const [reason, setReason] = useState('')
  const error = act.error ?? refused
  const errors = error ? (asProblem(error).problem.errors ?? []) : []
  const missing = missingIn(kind, errors)
  const faster = field.choices.find((one) => one.code === movedTo(errors))
  const isNeeded = wantsReason(kind, field, chosen)
  const run = async (): Promise<void> => {
    const done = await act.run(async () => {
      const moved = await move(row, field, chosen, oneLine(reason))
      const now = field.choices.find((one) => one.code === standsAt(moved, field.name))
      toast(t('stages.moved', { title: row.title, to: now ? words(now.words) : chosen }), { tone: 'good' })
    })
    if (done) onClose()
  }
  const name = words(field.words)
  return (
    <Dialog title={t('stages.change', { name })} onClose={onClose}>
      <DialogForm
        onSubmit={run}
        onCancel={onClose}
        submit={t('stages.confirm')}
        busy={act.busy}
        disabled={!chosen || (isNeeded && reason.trim() === '')}
      >
        <p className={classes.note}>{row.title}</p>
        <NativeSelect
          size="md"
          label={t('stages.to', { name })}
          value={chosen}
          data-move-to
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={others.map((one) => ({ value: one.code, label: words(one.words) }))}
        />
        <Textarea
          label={t(isNeeded ? 'stages.reason' : 'crm.reason')}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={MOST_REASON}
          value={reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
          error={act.of('reason')}
        />
        {missing.length > 0 && (
          <Notice role="alert" title={t('stages.missing')}>
            {missing.map((one) => words(one.words)).join(' · ')}{' '}
            <Link href={addressOfRecord(row.kind, row.id)} onClick={onClose}>
              {t('stages.fill_in')}
            </Link>
          </Notice>
        )}
        {faster && <Notice role="alert">{t('stages.faster', { to: words(faster.words) })}</Notice>}
        {missing.length === 0 && !faster && <ProblemText error={error ? (act.error ? act.rest(['reason']) : refused) : null} />}
      </DialogForm>
    </Dialog>
  )
}
