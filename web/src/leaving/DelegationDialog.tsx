// Names a deputy: who, in what, from when to when. Used on «acting for», and on a person's card by administrators.
import { Checkbox, TextInput } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { useToday } from '../live/away'
import { useMyId } from '../live/bootstrap'
import { nameSearch } from '../live/lookup'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { KINDS } from './delegations'
import classes from './Leaving.module.css'

const FIELDS = ['deputy_id', 'kinds', 'from_day', 'to_day']

export function DelegationDialog({ principal, onClose }: { principal: Person; onClose: () => void }) {
  const t = useT()
  const me = useMyId()
  const today = useToday()
  const [deputy, setDeputy] = useState<Named[]>([])
  const [kinds, setKinds] = useState<string[]>(['todos', 'receipts'])
  const [from, setFrom] = useState(today)
  const [to, setTo] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const key = useRef(newId())
  const search = useMemo(() => nameSearch({ without: [principal.id, me] }), [principal.id, me])
  const wrong = (field: string): string | undefined => {
    const found = error ? asProblem(error).problem.errors?.find((one) => one.field === field) : undefined
    return found && fieldText(found)
  }
  const give = async (): Promise<void> => {
    const chosen = deputy[0]
    setBusy(true)
    setError(null)
    try {
      const body = { deputy_id: chosen?.id, kinds, from_day: from, to_day: to || null }
      await api.post(`/people/${principal.id}/delegations`, body, { key: key.current })
      toast(t('leaving.given', { name: chosen?.name ?? '' }), { tone: 'good' })
      onClose()
    } catch (problem) {
      setError(problem)
      if (!asProblem(problem).isPassing) key.current = newId()
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('leaving.name_deputy_of', { name: principal.name })} onClose={onClose} tall>
      <DialogForm
        onSubmit={give}
        onCancel={onClose}
        submit={t('leaving.give')}
        busy={busy}
        disabled={deputy.length === 0}
      >
        <NamePicker
          label={t('leaving.deputy')}
          placeholder={t('leaving.choose_colleague')}
          single
          value={deputy}
          onChange={setDeputy}
          search={search}
          error={wrong('deputy_id')}
        />
        <Checkbox.Group label={t('leaving.may')} value={kinds} onChange={setKinds} error={wrong('kinds')}>
          <div className={classes.checks}>
            {KINDS.map((kind) => (
              <Checkbox
                key={kind}
                value={kind}
                label={t(`leaving.kind_${kind}`)}
                description={t(`leaving.kind_${kind}_explained`)}
              />
            ))}
          </div>
        </Checkbox.Group>
        <div className={classes.pair}>
          <TextInput
            type="date"
            label={t('leaving.from')}
            required
            min={today}
            value={from}
            error={wrong('from_day')}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('leaving.to')}
            min={from}
            value={to}
            error={wrong('to_day')}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <p className={classes.note}>{t('leaving.delegation_explained')}</p>
        <ProblemText error={error && !FIELDS.some(wrong) ? error : null} />
      </DialogForm>
    </Dialog>
  )
}
