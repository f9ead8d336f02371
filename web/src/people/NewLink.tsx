// A fresh link to hand over, shown once: an invitation for somebody without a password, a new password for somebody who forgot it.
import { Button, Switch } from '@mantine/core'
import { IconKey, IconLink } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import type { Person } from '../api/types'
import { dayAndTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useByMail } from '../shell/useByMail'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import classes from './NewLink.module.css'
import { OneLink } from './OneLink'

interface Link {
  link: string
  expires_at: string
  mailed?: boolean
}

/** For somebody who has not set a password yet; the earlier link stops working. */
export function NewLink({ person }: { person: Person }) {
  const t = useT()
  const canMail = useByMail() && person.email !== ''
  const [made, setMade] = useState<Link | null>(null)
  const [mail, setMail] = useState(true)
  const [asking, setAsking] = useState(false)
  const key = useRef(newId())
  const make = async (): Promise<void> => {
    const body = { mail: canMail && mail }
    const { data } = await api.post<Link>(`/people/${person.id}/invitation`, body, { key: key.current })
    key.current = newId()
    setMade(data)
  }
  return (
    <section className={classes.invitation} aria-label={t('people.invitation')}>
      {made ? <Made person={person} made={made} /> : <p className={classes.note}>{t('people.not_here_yet')}</p>}
      <Button variant="default" leftSection={<IconLink size={20} />} onClick={() => setAsking(true)}>
        {t('people.new_link')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('people.new_link_title', { name: person.name })}
        confirm={t('people.new_link')}
        danger={false}
        onConfirm={make}
        onClose={() => setAsking(false)}
      >
        {t('people.new_link_text')}
        {canMail && (
          <Switch
            mt="md"
            label={t('people.also_mail')}
            description={person.email}
            checked={mail}
            onChange={(event) => setMail(event.currentTarget.checked)}
          />
        )}
      </ConfirmDialog>
    </section>
  )
}

/** For somebody who forgot the password and cannot be reached by mail. */
export function ResetLink({ person }: { person: Person }) {
  const t = useT()
  const [made, setMade] = useState<Link | null>(null)
  const [asking, setAsking] = useState(false)
  const make = async (): Promise<void> => {
    setMade((await api.post<Link>(`/people/${person.id}/password-reset`)).data)
  }
  return (
    <section className={classes.invitation} aria-label={t('people.password_reset')}>
      {made ? <Made person={person} made={made} /> : <p className={classes.note}>{t('people.forgot_password')}</p>}
      <Button variant="default" leftSection={<IconKey size={20} />} onClick={() => setAsking(true)}>
        {t('people.make_reset')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('people.make_reset_title', { name: person.name })}
        confirm={t('people.make_reset')}
        danger={false}
        onConfirm={make}
        onClose={() => setAsking(false)}
      >
        {t('people.make_reset_text')}
      </ConfirmDialog>
    </section>
  )
}

function Made({ person, made }: { person: Person; made: Link }) {
  const t = useT()
  return (
    <>
      <p className={classes.note}>{t('people.link_once', { until: dayAndTime(made.expires_at) })}</p>
      <OneLink name={person.name} link={made.link} />
      {made.mailed && <p className={classes.note}>{t('people.link_mailed', { address: person.email })}</p>}
    </>
  )
}
