// Oneself: name and place in the company, language, the way to one's colleagues on phones, sign out.
import { Button, SegmentedControl } from '@mantine/core'
import {
  IconBell,
  IconKey,
  IconLogout,
  IconNotebook,
  IconSettings,
  IconShieldLock,
  IconUserShare,
  IconUsers,
} from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { useSections } from '../admin/useSections'
import type { Language } from '../api/types'
import { chooseLanguage, languageNames, languages, useLanguage, useT } from '../i18n/i18n'
import { AbsenceButton } from '../leaving/AbsenceButton'
import { useCompany, useMe } from '../live/bootstrap'
import { useDepartments, usePerson } from '../live/directory'
import { useSignal } from '../live/emitter'
import { outbox } from '../live/outbox'
import { AboutField } from '../people/AboutField'
import { PictureField } from '../people/PictureField'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { Page } from '../ui/Page'
import { problemText } from '../ui/ProblemText'
import { chooseSendKey, type SendKey, sendKey } from '../ui/sendKey'
import { toast } from '../ui/toasts'
import { useHasKeyboard } from '../ui/useHasKeyboard'
import classes from './MePage.module.css'
import { keepLanguage, signOut } from './session'

const ChangePassword = lazy(() => import('./ChangePassword'))

export default function MePage() {
  const t = useT()
  const { person: known } = useMe()
  const person = usePerson(known.id) ?? known
  const company = useCompany()
  const departments = useDepartments().filter((d) => person.department_ids.includes(d.id))
  const language = useLanguage()
  const manages = useSections().length > 0
  const waiting = useSignal(outbox.acts).length
  const hasKeyboard = useHasKeyboard()
  const sendOn = useSignal(sendKey)
  const [leaving, setLeaving] = useState(false)
  const [changing, setChanging] = useState(false)

  const choose = async (value: Language): Promise<void> => {
    await chooseLanguage(value)
    await keepLanguage(value).catch((error: unknown) => toast(problemText(error), { tone: 'bad' }))
  }
  const facts = [
    [t('me.company'), company.name],
    [t('me.departments'), departments.map((d) => d.path).join('; ')],
    [t('me.title'), person.title],
    [t('me.staff_number'), person.staff_number],
    [t('me.phone'), person.phone],
    [t('me.email'), person.email],
  ].filter(([, value]) => value)
  return (
    <Page title={t('nav.me')}>
      <section className={classes.card}>
        <h2 className={classes.name}>{person.name}</h2>
        <PictureField person={person} />
        <AboutField person={person} />
        <dl className={classes.facts}>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={classes.card}>
        <h2 className={classes.heading}>{t('me.language')}</h2>
        <SegmentedControl
          aria-label={t('me.language')}
          value={language}
          onChange={(value) => void choose(value as Language)}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </section>
      {hasKeyboard && (
        <section className={classes.card}>
          <h2 className={classes.heading}>{t('me.send_key')}</h2>
          <SegmentedControl
            aria-label={t('me.send_key')}
            value={sendOn}
            onChange={(value) => chooseSendKey(value as SendKey)}
            data={[
              { value: 'enter', label: 'Enter' },
              { value: 'mod+enter', label: 'Ctrl / ⌘ + Enter' },
            ]}
          />
        </section>
      )}
      <div className={classes.buttons}>
        <Button component={Link} href="/me/security" variant="default" leftSection={<IconShieldLock size={20} />}>
          {t('security.title')}
        </Button>
        <Button component={Link} href="/people" variant="default" leftSection={<IconUsers size={20} />}>
          {t('nav.people')}
        </Button>
        <Button component={Link} href="/logs" variant="default" leftSection={<IconNotebook size={20} />}>
          {t('kinds.logs')}
        </Button>
        <AbsenceButton person={person} />
        <Button component={Link} href="/me/acting" variant="default" leftSection={<IconUserShare size={20} />}>
          {t('leaving.acting')}
        </Button>
        <Button component={Link} href="/me/notices" variant="default" leftSection={<IconBell size={20} />}>
          {t('notices.settings_title')}
        </Button>
        {manages && (
          <Button component={Link} href="/admin" variant="default" leftSection={<IconSettings size={20} />}>
            {t('admin.title')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconKey size={20} />} onClick={() => setChanging(true)}>
          {t('me.change_password')}
        </Button>
        <Button variant="default" leftSection={<IconLogout size={20} />} onClick={() => setLeaving(true)}>
          {t('me.sign_out')}
        </Button>
      </div>
      {changing && (
        <Suspense>
          <ChangePassword onClose={() => setChanging(false)} />
        </Suspense>
      )}
      <ConfirmDialog
        opened={leaving}
        title={t('me.sign_out_title')}
        confirm={t('me.sign_out')}
        danger={waiting > 0}
        onConfirm={signOut}
        onClose={() => setLeaving(false)}
      >
        {waiting > 0 ? t('me.sign_out_unsent', { count: waiting }) : t('me.sign_out_text')}
      </ConfirmDialog>
    </Page>
  )
}
