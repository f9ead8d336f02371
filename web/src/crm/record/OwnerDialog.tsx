// Hands a record to somebody else, with a reason; whether the former owner stays on the team (OBJ-11).
import { NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { colleagueSearch } from '../../live/lookup'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { NamePicker } from '../../ui/NamePicker'
import type { Named } from '../../ui/names'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { oneLine } from '../values'
import { applyRecord, forgetRecord } from '../rows'
import type { RecordItem, RecordRow } from '../wire'
import { MOST_REASON } from './VoidDialog'

const KEEPS = ['none', 'read', 'write'] as const

export function OwnerDialog({ row, onClose }: { row: RecordRow; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const [people, setPeople] = useState<Named[]>([])
  const [reason, setReason] = useState('')
  const [keep, setKeep] = useState<(typeof KEEPS)[number]>('none')
  const [chosen] = people
  // Out of a pool, as it was when this was opened: who is second to give it out is told, and takes it from nobody.
  const [pool] = useState(row.owner === null ? row.pool : null)
  const isAssigned = pool !== null
  const title = t(isAssigned ? 'pools.assign' : 'crm.change_owner')
  const run = async (): Promise<void> => {
    if (!chosen) return
    const done = await act.run(async () => {
      const answer = await api.put<Partial<RecordItem>>(`/records/${row.kind}/${row.id}/owner`, { owner: chosen.id, reason: oneLine(reason), keep, ...(isAssigned && { from_pool: pool }) })
      // Whoever gives it away may see it no more.
      if (answer.data?.item) applyRecord({ seq: answer.seq, data: { ...answer.data, item: answer.data.item } })
      else forgetRecord(row.kind, row.id)
      toast(t(isAssigned ? 'pools.assigned' : 'crm.owner_changed', { name: chosen.name }), { tone: 'good' })
    })
    if (done) onClose()
  }
  return (
    <Dialog title={title} onClose={onClose} tall>
      <DialogForm
        onSubmit={run}
        onCancel={onClose}
        submit={title}
        busy={act.busy}
        disabled={!chosen || chosen.id === row.owner}
      >
        <NamePicker label={t('crm.new_owner')} value={people} onChange={setPeople} search={colleagueSearch} error={act.of('owner')} single autoFocus />
        {!isAssigned && row.owner !== null && (
          <NativeSelect
            size="md"
            label={t('crm.former_owner')}
            value={keep}
            onChange={(event) => setKeep(event.currentTarget.value as (typeof KEEPS)[number])}
            data={KEEPS.map((one) => ({ value: one, label: t(`crm.keep_${one}`) }))}
          />
        )}
        <Textarea label={t('crm.reason')} autosize minRows={2} maxRows={6} maxLength={MOST_REASON} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={act.of('reason')} />
        <ProblemText error={act.rest(['owner', 'reason'])} />
      </DialogForm>
    </Dialog>
  )
}
