// One day: what it is, and what the company says instead; alone or with the days after it.
import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { CalendarYear } from '../api/types'
import { dayOf } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { fieldText, ProblemText } from '../ui/ProblemText'
import classes from './Calendar.module.css'
import { useDayWords } from './words'
import type { Day } from './year'

const FIELDS = ['name', 'until', 'kind']

export function DayDialog({ day, onClose }: { day: Day; onClose: () => void }) {
  const t = useT()
  const words = useDayWords()
  const own = day.special?.source === 'company'
  const [kind, setKind] = useState<string>(day.works ? 'holiday' : 'workday')
  const [name, setName] = useState('')
  const [until, setUntil] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const wrong = (field: string): string | undefined => {
    const found = error ? asProblem(error).problem.errors?.find((one) => one.field === field) : undefined
    return found && fieldText(found)
  }
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await act()
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const path = `/calendar/days/${day.date}`
  const set = (): Promise<void> =>
    run(() => api.put<CalendarYear>(path, { kind, name, ...(until ? { until } : {}) }))
  return (
    <Dialog title={dayOf(day.date)} onClose={onClose}>
      <div className={classes.stack}>
        <p className={classes.what}>{words(day)}</p>
        {own && day.special?.state && (
          <p className={classes.note}>{t(`calendar.instead_of_${day.special.state}`)}</p>
        )}
        {own ? (
          <>
            <p className={classes.note}>{t('calendar.remove_explained')}</p>
            <ProblemText error={error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('ui.cancel')}
              </Button>
              <Button color="red.9" loading={busy} onClick={() => void run(() => api.delete(path))}>
                {t('calendar.remove')}
              </Button>
            </Group>
          </>
        ) : (
          <DialogForm onSubmit={set} onCancel={onClose} submit={t('ui.save')} busy={busy}>
            <SegmentedControl
              fullWidth
              aria-label={t('calendar.make_it')}
              value={kind}
              onChange={setKind}
              data={[
                { value: 'holiday', label: t('calendar.company_holiday') },
                { value: 'workday', label: t('calendar.company_workday') },
              ]}
            />
            {wrong('kind') && <p className={classes.wrong}>{wrong('kind')}</p>}
            <TextInput
              label={t('calendar.name')}
              placeholder={t(kind === 'holiday' ? 'calendar.name_holiday' : 'calendar.name_workday')}
              required={kind === 'holiday'}
              maxLength={40}
              value={name}
              error={wrong('name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('calendar.until')}
              min={day.date}
              value={until}
              error={wrong('until')}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
            <ProblemText error={error && !FIELDS.some(wrong) ? error : null} />
          </DialogForm>
        )}
      </div>
    </Dialog>
  )
}
