// Locks or unlocks a record, and asks about what belongs to it (OBJ-01, OBJ-02; both by default, M19).
import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { useKinds, useWords } from '../kinds'
import { applyRecord } from '../rows'
import type { RecordItem, RecordRow } from '../wire'
import classes from './Stages.module.css'

export function LockDialog({ row, onClose }: { row: RecordRow; onClose: () => void }) {
  const t = useT()
  const words = useWords()
  const act = useAct()
  const [subordinate, setSubordinate] = useState(true)
  const isLocked = row.locked !== null
  const below = (useKinds().data ?? []).filter((one) => one.follows === row.kind)
  const run = async (): Promise<void> => {
    const done = await act.run(async () => {
      const path = `/records/${row.kind}/${row.id}/${isLocked ? 'unlock' : 'lock'}`
      applyRecord(await api.put<RecordItem>(path, { subordinate: subordinate && below.length > 0 }))
      toast(t(isLocked ? 'stages.unlocked' : 'stages.locked'), { tone: 'good' })
    })
    if (done) onClose()
  }
  const names = below.map((one) => words(one.plural)).join(' · ')
  return (
    <Dialog title={t(isLocked ? 'stages.unlock' : 'stages.lock')} onClose={onClose}>
      <DialogForm
        onSubmit={run}
        onCancel={onClose}
        submit={t(isLocked ? 'stages.unlock' : 'stages.lock')}
        busy={act.busy}
        focused
      >
        <p className={classes.note}>{t(isLocked ? 'stages.unlock_text' : 'stages.lock_text', { title: row.title })}</p>
        {below.length > 0 && (
          <Checkbox
            size="md"
            className={classes.below}
            label={t(isLocked ? 'stages.unlock_below' : 'stages.lock_below', { names })}
            checked={subordinate}
            onChange={(event) => setSubordinate(event.currentTarget.checked)}
          />
        )}
        <ProblemText error={act.error} />
      </DialogForm>
    </Dialog>
  )
}
