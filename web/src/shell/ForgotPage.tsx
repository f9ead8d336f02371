// A forgotten password: a link by mail where the company can send any, else the way to the administrator.
import { Button, Loader, TextInput } from '@mantine/core'
import { IconMailCheck } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/client'
import { useT } from '../i18n/i18n'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import { Door } from './Door'
import classes from './Door.module.css'
import { useResetWay } from './useByMail'

export default function ForgotPage() {
  const t = useT()
  const [, go] = useLocation()
  const way = useResetWay()
  const [login, setLogin] = useState('')
  const [asked, setAsked] = useState(false)
  const act = useAct()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      await api.post('/password-resets', { login: login.trim() }, { anonymous: true })
      setAsked(true)
    })
  }
  const back = (
    <Button variant="default" onClick={() => go('/')}>
      {t('join.to_sign_in')}
    </Button>
  )
  if (way.isPending) {
    return (
      <Door title={t('forgot.title')}>
        <Loader aria-label={t('ui.loading')} />
      </Door>
    )
  }
  if (asked || !way.data?.by_mail) {
    return (
      <Door title={t('forgot.title')}>
        <div className={classes.form} role="status">
          {asked && <IconMailCheck size={40} stroke={1.4} aria-hidden />}
          <p className={classes.note}>{t(asked ? 'forgot.asked' : way.data ? 'forgot.by_hand' : 'connection.unreachable_text')}</p>
          {asked && <p className={classes.note}>{t('forgot.no_mail')}</p>}
          {back}
        </div>
      </Door>
    )
  }
  return (
    <Door title={t('forgot.title')}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.note}>{t('forgot.text')}</p>
        <TextInput
          label={t('sign_in.login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          error={act.of('login')}
        />
        <ProblemText error={act.rest(['login'])} />
        <Button type="submit" fullWidth loading={act.busy}>
          {t('forgot.send')}
        </Button>
        {back}
      </form>
    </Door>
  )
}
