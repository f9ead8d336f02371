// From when to when, why, and who stands in. What is wrong is said at the field.
import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import type { Absence, Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { useToday } from '../live/away'
import { usePerson } from '../live/directory'
import { nameSearch, personNamed } from '../live/lookup'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { fieldText, ProblemText } from '../ui/ProblemText'
import classes from './Leaving.module.css'

const REASONS = ['vacation', 'sick', 'travel', 'other'] as const
const FIELDS = ['from_day', 'to_day', 'deputy_id']

interface Props {
  person: Person
  /** Null: a new one. */
  absence: Absence | null
  onDone: () => void
  onCancel: () => void
}

export function AbsenceForm({ person, absence, onDone, onCancel }: Props) {
  const t = useT()
  const today = useToday()
  const kept = usePerson(absence?.deputy_id)
  const [from, setFrom] = useState(absence?.from_day ?? today)
  const [to, setTo] = useState(absence?.to_day ?? today)
  const [reason, setReason] = useState<(typeof REASONS)[number]>(absence?.reason ?? 'vacation')
  const [chosen, setChosen] = useState<Named[] | null>(null)
  const deputy = chosen ?? (kept ? [personNamed(kept)] : [])
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const key = useRef(newId())
  const search = useMemo(() => nameSearch({ without: [person.id] }), [person.id])
  const wrong = (field: string): string | undefined => {
    const found = error ? asProblem(error).problem.errors?.find((one) => one.field === field) : undefined
    return found && fieldText(found)
  }
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await act()
      onDone()
    } catch (problem) {
      setError(problem)
      // A refused request is over: the corrected one is another.
      if (!asProblem(problem).isPassing) key.current = newId()
      setBusy(false)
    }
  }
  const path = `/people/${person.id}/absences`
  const body = { from_day: from, to_day: to, reason, deputy_id: deputy[0]?.id ?? null }
  const save = (): Promise<void> =>
    run(() => (absence ? api.patch(`${path}/${absence.id}`, body) : api.post(path, body, { key: key.current })))
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={t('leaving.from')}
          required
          value={from}
          error={wrong('from_day')}
          onChange={(event) => {
            setFrom(event.currentTarget.value)
            if (event.currentTarget.value > to) setTo(event.currentTarget.value)
          }}
        />
        <TextInput
          type="date"
          label={t('leaving.to')}
          required
          min={from}
          value={to}
          error={wrong('to_day')}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <div>
        <div className={classes.label}>{t('leaving.reason')}</div>
        <SegmentedControl
          fullWidth
          aria-label={t('leaving.reason')}
          value={reason}
          onChange={(value) => setReason(value as typeof reason)}
          data={REASONS.map((value) => ({ value, label: t(`leaving.reason.${value}`) }))}
        />
        <p className={classes.note}>{t('leaving.reason_explained')}</p>
      </div>
      <NamePicker
        label={t('leaving.deputy')}
        placeholder={t('leaving.choose_colleague')}
        single
        value={deputy}
        onChange={setChosen}
        search={search}
        error={wrong('deputy_id')}
      />
      <ProblemText error={error && !FIELDS.some(wrong) ? error : null} />
      <Group justify="flex-end">
        {absence && (
          <Button
            type="button"
            variant="subtle"
            color="red.9"
            mr="auto"
            disabled={busy}
            onClick={() => void run(() => api.delete(`${path}/${absence.id}`))}
          >
            {t('ui.remove')}
          </Button>
        )}
        <Button type="button" variant="default" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('ui.save')}
        </Button>
      </Group>
    </form>
  )
}
