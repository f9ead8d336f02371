// Be reminded of a thing at a time, or have colleagues reminded who may see it (FEED-19).
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import type { Ref, Reminder } from '../api/types'
import { fromField, toField } from '../feed/share/due'
import { exactTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { nameSearch } from '../live/lookup'
import { Dialog } from '../ui/Dialog'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { useNow } from '../ui/now'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './ReminderDialog.module.css'
import { offered, timeOf, type WhenChoice } from './when'

const search = nameSearch({})

export default function ReminderDialog({ about, onClose }: { about: Ref; onClose: () => void }) {
  const t = useT()
  const { person } = useMe()
  const now = useNow()
  const [choice, setChoice] = useState<WhenChoice>('tomorrow')
  const [custom, setCustom] = useState<string | null>(null)
  const [people, setPeople] = useState<Named[]>([{ kind: 'person', id: person.id, name: person.name, hint: '' }])
  const [note, setNote] = useState('')
  const [key] = useState(newId)
  const at = choice === 'custom' ? custom : (timeOf(choice, now)?.toISOString() ?? null)
  const make = useMutation({
    mutationFn: () =>
      api.post<Reminder>('/reminders', { about, at, people: people.map(({ id }) => id), note }, { key }),
    onSuccess: () => {
      toast(t('notices.reminder_set'), { tone: 'good' })
      onClose()
    },
  })
  return (
    <Dialog title={t('notices.remind')} onClose={onClose} tall>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate()
        }}
      >
        <div role="group" aria-label={t('notices.when')} className={classes.choices}>
          {offered(now).map((one) => (
            <button
              key={one}
              type="button"
              className={classes.choice}
              aria-pressed={choice === one}
              onClick={() => setChoice(one)}
            >
              {t(`notices.when_${one}`)}
            </button>
          ))}
        </div>
        {choice === 'custom' && (
          <TextInput
            type="datetime-local"
            label={t('notices.when_custom')}
            min={toField(now)}
            value={custom ? toField(new Date(custom)) : ''}
            onChange={(event) => setCustom(fromField(event.currentTarget.value))}
          />
        )}
        {at && <p className={classes.note}>{exactTime(at)}</p>}
        <NamePicker label={t('notices.whom')} value={people} onChange={setPeople} search={search} />
        <TextInput
          label={t('notices.note')}
          placeholder={t('notices.note_hint')}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {make.error && <ProblemText error={make.error} />}
        <Button type="submit" loading={make.isPending} disabled={!at || people.length === 0}>
          {t('notices.set')}
        </Button>
      </form>
    </Dialog>
  )
}
