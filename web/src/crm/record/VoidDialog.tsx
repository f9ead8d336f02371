// Puts a record into the recycle bin, with a reason (OBJ-09).
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { oneLine } from '../values'
import { applyRecord } from '../rows'
import type { RecordItem, RecordRow } from '../wire'
import classes from './RecordPage.module.css'

export const MOST_REASON = 500

export function VoidDialog({ row, onClose }: { row: RecordRow; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const [reason, setReason] = useState('')
  const run = async (): Promise<void> => {
    const done = await act.run(async () => {
      applyRecord(await api.put<RecordItem>(`/records/${row.kind}/${row.id}/void`, { reason: oneLine(reason) }))
      toast(t('crm.voided_done'), { tone: 'good' })
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t('crm.void')} onClose={onClose}>
      <DialogForm onSubmit={run} onCancel={onClose} submit={t('crm.void')} grave busy={act.busy}>
        <p className={classes.note}>{t('crm.void_text', { title: row.title })}</p>
        <Textarea label={t('crm.reason')} autosize minRows={2} maxRows={6} maxLength={MOST_REASON} value={reason} data-autofocus onChange={(event) => setReason(event.currentTarget.value)} error={act.of('reason')} />
        <ProblemText error={act.rest(['reason'])} />
      </DialogForm>
    </Dialog>
  )
}
