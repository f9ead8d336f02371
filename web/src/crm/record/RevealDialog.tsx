// Shows what is masked for a minute, once a reason is given (N19).
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client'
import chips from '../../feed/share/Field.module.css'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { useWords } from '../kinds'
import { keyed } from '../words'
import { type Field, type RecordRow, REVEAL_REASONS, type Revealed } from '../wire'
import classes from './RecordPage.module.css'

interface Props {
  field: Field
  row: RecordRow
  onRevealed: (revealed: Revealed) => void
  onClose: () => void
}

const MOST_TEXT = 200

export function RevealDialog({ field, row, onRevealed, onClose }: Props) {
  const t = useT()
  const name = useWords()(field.words)
  const act = useAct()
  const [reason, setReason] = useState<(typeof REVEAL_REASONS)[number]>('call')
  const [text, setText] = useState('')
  const reveal = async (): Promise<void> => {
    const done = await act.run(async () => {
      const body = { field: field.name, reason, text: reason === 'other' ? text.trim() : '' }
      onRevealed((await api.put<Revealed>(`/records/${row.kind}/${row.id}/reveal`, body)).data)
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t('crm.reveal', { name })} onClose={onClose}>
      <DialogForm
        onSubmit={reveal}
        onCancel={onClose}
        submit={t('crm.reveal_short')}
        busy={act.busy}
        disabled={reason === 'other' && text.trim() === ''}
      >
        <p className={classes.note}>{t('crm.reveal_text')}</p>
        <div className={chips.chips} role="group" aria-label={t('crm.reveal_reason')}>
          {REVEAL_REASONS.map((one) => (
            <button key={one} type="button" className={chips.choice} aria-pressed={reason === one} onClick={() => setReason(one)}>
              {t(`crm.because_${keyed(one)}`)}
            </button>
          ))}
        </div>
        {reason === 'other' && (
          <TextInput label={t('crm.reveal_why')} value={text} maxLength={MOST_TEXT} data-autofocus onChange={(event) => setText(event.currentTarget.value)} error={act.of('text')} />
        )}
        <ProblemText error={act.rest(['text'])} />
      </DialogForm>
    </Dialog>
  )
}
