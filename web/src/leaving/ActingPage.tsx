// Acting for another (W34): for whom I may act, who may act for me, and giving it to somebody.
import { Button } from '@mantine/core'
import { IconPlus, IconUserShare } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../api/client'
import type { Delegation } from '../api/types'
import { dayOf } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useToday } from '../live/away'
import { useMe } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { Page } from '../ui/Page'
import { useGiven, useHeld } from './delegations'
import { DelegationDialog } from './DelegationDialog'
import classes from './Acting.module.css'

export default function ActingPage() {
  const t = useT()
  const [, go] = useLocation()
  const { person } = useMe()
  const held = useHeld()
  const given = useGiven()
  const [naming, setNaming] = useState(false)
  return (
    <Page title={t('leaving.acting')} onBack={() => go('/me')}>
      <section className={classes.card} aria-labelledby="acting-held">
        <h2 id="acting-held" className={classes.heading}>
          {t('leaving.i_act_for')}
        </h2>
        {held.length === 0 && <p className={classes.note}>{t('leaving.i_act_for_nobody')}</p>}
        <ul className={classes.rows}>
          {held.map((one) => (
            <Row key={one.id} delegation={one} who={one.principal_id} of={person.id} canAct />
          ))}
        </ul>
      </section>
      <section className={classes.card} aria-labelledby="acting-given">
        <h2 id="acting-given" className={classes.heading}>
          {t('leaving.act_for_me')}
        </h2>
        {given.length === 0 && <p className={classes.note}>{t('leaving.act_for_me_nobody')}</p>}
        <ul className={classes.rows}>
          {given.map((one) => (
            <Row key={one.id} delegation={one} who={one.deputy_id} of={person.id} />
          ))}
        </ul>
        <Button leftSection={<IconPlus size={20} />} mt="sm" onClick={() => setNaming(true)}>
          {t('leaving.name_deputy')}
        </Button>
      </section>
      {naming && <DelegationDialog principal={person} onClose={() => setNaming(false)} />}
    </Page>
  )
}

interface Props {
  delegation: Delegation
  /** The other one. */
  who: number
  of: number
  canAct?: boolean
}

function Row({ delegation, who, of, canAct = false }: Props) {
  const t = useT()
  const today = useToday()
  const name = usePerson(who)?.name ?? '…'
  const [ending, setEnding] = useState(false)
  const { from_day, to_day, kinds } = delegation
  const begun = from_day <= today
  const when = to_day
    ? t('leaving.days', { from: dayOf(from_day), to: dayOf(to_day) })
    : t('leaving.since', { from: dayOf(from_day) })
  return (
    <li className={classes.row} data-delegation={delegation.id}>
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        <span className={classes.hint}>{kinds.map((kind) => t(`leaving.kind_${kind}`)).join(' · ')}</span>
        <span className={classes.hint}>{begun ? when : `${t('leaving.coming')} · ${when}`}</span>
      </span>
      <span className={classes.acts}>
        {canAct && begun && (
          <Button component={Link} href={`/me/acting/${who}`} leftSection={<IconUserShare size={18} />}>
            {t('leaving.act_now')}
          </Button>
        )}
        <Button variant="default" onClick={() => setEnding(true)} aria-label={t('leaving.end_name', { name })}>
          {t('leaving.end')}
        </Button>
      </span>
      <ConfirmDialog
        opened={ending}
        title={t('leaving.end_title', { name })}
        confirm={t('leaving.end')}
        onConfirm={async () => {
          await api.delete(`/people/${of}/delegations/${delegation.id}`)
        }}
        onClose={() => setEnding(false)}
      >
        {t('leaving.end_text')}
      </ConfirmDialog>
    </li>
  )
}
