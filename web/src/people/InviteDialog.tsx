// One new person: name, one sign-in name at least, their place; then the link, shown once, and mailed on request.
import { Button, Switch, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import type { Invited } from '../api/types'
import { dayAndTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { useByMail } from '../shell/useByMail'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import classes from './InviteDialog.module.css'
import { OneLink } from './OneLink'
import { nowhere, PLACE_FIELDS, PlaceFields, placeOf } from './PlaceFields'

const NOBODY = { name: '', phone: '', email: '', staff_number: '' }
const FIELDS = [...Object.keys(NOBODY), ...PLACE_FIELDS]

export default function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const queries = useQueryClient()
  const byMail = useByMail()
  const [names, setNames] = useState(NOBODY)
  const [place, setPlace] = useState(nowhere)
  const [mail, setMail] = useState(true)
  const [made, setMade] = useState<Invited | null>(null)
  const act = useAct()
  const key = useRef(newId())
  const canMail = byMail && names.email.trim() !== ''

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      const body = { ...names, place: placeOf(place), mail: canMail && mail }
      const answer = await api.post<Invited>('/people', body, { key: key.current })
      key.current = newId()
      applyAnswer(answer.seq, [putChange('person', answer.data.person.id, answer.data.person)])
      setMade(answer.data)
      void queries.invalidateQueries({ queryKey: ['directory'] })
    })
  }
  const another = (): void => {
    setNames(NOBODY)
    setMade(null)
  }
  const text = (field: keyof typeof NOBODY, label: string, more: { type?: 'tel' | 'email'; required?: boolean } = {}) => (
    <TextInput
      label={label}
      autoComplete="off"
      autoCapitalize="none"
      withAsterisk={false}
      {...more}
      data-autofocus={field === 'name' || undefined}
      value={names[field]}
      onChange={(event) => {
        key.current = newId() // another person is another request
        setNames({ ...names, [field]: event.currentTarget.value })
      }}
      error={act.of(field)}
    />
  )
  if (made) {
    const { person, invitation } = made
    return (
      <Dialog title={t('people.invited', { name: person.name })} onClose={onClose}>
        <div className={classes.form}>
          {invitation ? (
            <>
              <p className={classes.note}>{t('people.link_once', { until: dayAndTime(invitation.expires_at) })}</p>
              <OneLink name={person.name} link={invitation.link} />
              {invitation.mailed && <p className={classes.note}>{t('people.link_mailed', { address: person.email })}</p>}
            </>
          ) : (
            <p className={classes.note}>{t('people.link_was_shown')}</p>
          )}
          <div className={classes.acts}>
            <Button onClick={another}>{t('people.invite_another')}</Button>
            <Button variant="default" onClick={onClose}>
              {t('ui.close')}
            </Button>
          </div>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('people.invite')} onClose={onClose} tall>
      <form className={classes.form} onSubmit={submit} noValidate>
        {text('name', t('people.column_name'), { required: true })}
        <p className={classes.note}>{t('people.one_identifier')}</p>
        {text('phone', t('people.column_phone'), { type: 'tel' })}
        {text('email', t('people.column_email'), { type: 'email' })}
        {text('staff_number', t('people.column_staff_number'))}
        <PlaceFields value={place} onChange={setPlace} of={act.of} />
        {canMail && (
          <Switch label={t('people.also_mail')} checked={mail} onChange={(event) => setMail(event.currentTarget.checked)} />
        )}
        <ProblemText error={act.rest(FIELDS)} />
        <Button type="submit" fullWidth loading={act.busy}>
          {t('people.make_invitation')}
        </Button>
      </form>
    </Dialog>
  )
}
