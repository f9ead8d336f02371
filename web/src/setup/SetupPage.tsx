// The printed set-up link: names the company, its first administrator and the boss, and goes in (W33).
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { SetUpDone, SetUpView } from '../api/generated'
import type { Company, SingleLink } from '../api/types'
import { dayAndTime } from '../i18n/dates'
import { useLanguage, useT } from '../i18n/i18n'
import { OneLink } from '../people/OneLink'
import { Door } from '../shell/Door'
import { enter } from '../shell/enter'
import { LinkGone } from '../shell/LinkGone'
import { NewPassword } from '../shell/NewPassword'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import { ProfileFields } from './ProfileFields'
import classes from './Setup.module.css'
import { browserZone } from './zones'

const FIELDS = ['company', 'time_zone', 'name', 'login', 'password', 'boss.name', 'boss.login']

export default function SetupPage({ token }: { token: string }) {
  const t = useT()
  const path = `/setup/${encodeURIComponent(token)}`
  const found = useQuery({
    queryKey: ['setup', token],
    queryFn: async ({ signal }) => (await api.get<SetUpView>(path, { signal, anonymous: true })).data,
    retry: (count, error) => asProblem(error).isPassing && count < 3,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!found.data) {
    const words = { unknown: 'setup.unknown', set_up: 'setup.already' } as const
    return <LinkGone title={t('setup.title')} found={found} words={words} />
  }
  return <Form path={path} />
}

function Form({ path }: { path: string }) {
  const t = useT()
  const shown = useLanguage()
  const [, go] = useLocation()
  const [company, setCompany] = useState<Company>({ name: '', language: shown, time_zone: browserZone(), watermark: false })
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [who, setWho] = useState<'me' | 'other'>('me')
  const [boss, setBoss] = useState({ name: '', login: '' })
  const [link, setLink] = useState<SingleLink | null>(null)
  const act = useAct()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      const body = {
        company: company.name,
        language: company.language,
        time_zone: company.time_zone,
        name,
        login,
        password,
        boss: who === 'me' ? null : boss,
      }
      const { data } = await api.post<SetUpDone>(path, body, { anonymous: true })
      if (data.boss) setLink(data.boss)
      else await enter(go)
    })
  }
  if (link) {
    return (
      <Door title={t('setup.boss_link')}>
        <div className={classes.form}>
          <p className={classes.note}>{t('setup.boss_link_text', { name: boss.name, until: dayAndTime(link.expires_at) })}</p>
          <OneLink name={boss.name} link={link.link} />
          {link.mailed && <p className={classes.note}>{t('people.link_mailed', { address: boss.login })}</p>}
          <Button onClick={() => void enter(go)}>{t('setup.go_in')}</Button>
        </div>
      </Door>
    )
  }
  return (
    <Door title={t('setup.title')}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.note}>{t('setup.text')}</p>
        <section className={classes.part}>
          <h2 className={classes.heading}>{t('setup.part_company')}</h2>
          <ProfileFields
            value={company}
            onChange={setCompany}
            nameError={act.of('company')}
            zoneError={act.of('time_zone')}
            autoFocus
          />
        </section>
        <section className={classes.part}>
          <h2 className={classes.heading}>{t('setup.part_you')}</h2>
          <p className={classes.note}>{t('setup.part_you_text')}</p>
          <TextInput
            label={t('setup.name')}
            autoComplete="name"
            required
            withAsterisk={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={act.of('name')}
          />
          <TextInput
            label={t('sign_in.login')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            error={act.of('login')}
          />
          <NewPassword label={t('sign_in.password')} value={password} onChange={setPassword} error={act.of('password')} />
        </section>
        <section className={classes.part}>
          <h2 className={classes.heading} id="setup-boss">
            {t('setup.part_boss')}
          </h2>
          <p className={classes.note}>{t('setup.part_boss_text')}</p>
          <SegmentedControl
            aria-labelledby="setup-boss"
            value={who}
            onChange={(value) => setWho(value as 'me' | 'other')}
            data={[
              { value: 'me', label: t('setup.boss_is_me') },
              { value: 'other', label: t('setup.boss_is_another') },
            ]}
          />
          {who === 'other' && (
            <>
              <TextInput
                label={t('setup.boss_name')}
                autoComplete="off"
                required
                withAsterisk={false}
                value={boss.name}
                onChange={(event) => setBoss({ ...boss, name: event.currentTarget.value })}
                error={act.of('boss.name')}
              />
              <TextInput
                label={t('setup.boss_login')}
                description={t('setup.boss_login_text')}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                required
                withAsterisk={false}
                value={boss.login}
                onChange={(event) => setBoss({ ...boss, login: event.currentTarget.value })}
                error={act.of('boss.login')}
              />
            </>
          )}
        </section>
        <ProblemText error={act.rest(FIELDS)} />
        <Button type="submit" fullWidth loading={act.busy}>
          {t('setup.begin')}
        </Button>
      </form>
    </Door>
  )
}
