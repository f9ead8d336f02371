// The weekdays and the hours on which the company works.
import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { WorkingWeek } from '../api/types'
import { useT } from '../i18n/i18n'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { fieldText, ProblemText } from '../ui/ProblemText'
import classes from './Calendar.module.css'

export function WeekDialog({ week, onClose }: { week: WorkingWeek; onClose: () => void }) {
  const t = useT()
  const [days, setDays] = useState(week.days.map(String))
  const [begins, setBegins] = useState(week.begins)
  const [ends, setEnds] = useState(week.ends)
  const [version] = useState(week.version)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const wrong = (field: string): string | undefined => {
    const found = error ? asProblem(error).problem.errors?.find((one) => one.field === field) : undefined
    return found && fieldText(found)
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await api.put('/calendar/week', { days: days.map(Number).sort(), begins, ends, version })
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('calendar.change_week')} onClose={onClose}>
      <DialogForm onSubmit={save} onCancel={onClose} submit={t('ui.save')} busy={busy}>
        <Checkbox.Group label={t('calendar.weekdays')} value={days} onChange={setDays} error={wrong('days')}>
          <div className={classes.chips}>
            {([1, 2, 3, 4, 5, 6, 7] as const).map((one) => (
              <Checkbox key={one} value={String(one)} label={t(`calendar.weekday_${one}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <div className={classes.pair}>
          <TextInput
            type="time"
            label={t('calendar.begins')}
            required
            value={begins}
            error={wrong('begins')}
            onChange={(event) => setBegins(event.currentTarget.value)}
          />
          <TextInput
            type="time"
            label={t('calendar.ends')}
            required
            value={ends}
            error={wrong('ends')}
            onChange={(event) => setEnds(event.currentTarget.value)}
          />
        </div>
        <p className={classes.note}>{t('calendar.week_explained')}</p>
        <ProblemText error={error && !['days', 'begins', 'ends'].some(wrong) ? error : null} />
      </DialogForm>
    </Dialog>
  )
}
