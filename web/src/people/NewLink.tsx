// A fresh invitation link for somebody who has not set a password yet; the earlier one stops working. Shown once.
import { Button } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import type { Person } from '../api/types'
import { dayAndTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import classes from './NewLink.module.css'
import { OneLink } from './OneLink'

interface Link {
  link: string
  expires_at: string
}

export function NewLink({ person }: { person: Person }) {
  const t = useT()
  const [made, setMade] = useState<Link | null>(null)
  const [asking, setAsking] = useState(false)
  const key = useRef(newId())
  const make = async (): Promise<void> => {
    const { data } = await api.post<Link>(`/people/${person.id}/invitation`, {}, { key: key.current })
    key.current = newId()
    setMade(data)
  }
  return (
    <section className={classes.invitation} aria-label={t('people.invitation')}>
      {made ? (
        <>
          <p className={classes.note}>{t('people.link_once', { until: dayAndTime(made.expires_at) })}</p>
          <OneLink name={person.name} link={made.link} />
        </>
      ) : (
        <p className={classes.note}>{t('people.not_here_yet')}</p>
      )}
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
      </ConfirmDialog>
    </section>
  )
}
