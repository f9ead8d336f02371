// An invitation: greets by name, sets a password, and goes in.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Invitation, Me } from '../api/types'
import { useT } from '../i18n/i18n'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import { Door } from './Door'
import classes from './Door.module.css'
import { enter } from './enter'
import { LinkGone } from './LinkGone'
import { NewPassword } from './NewPassword'

export default function JoinPage({ token }: { token: string }) {
  const t = useT()
  const [, go] = useLocation()
  const path = `/invitations/${encodeURIComponent(token)}`
  const found = useQuery({
    queryKey: ['invitation', token],
    queryFn: async ({ signal }) => (await api.get<Invitation>(path, { signal, anonymous: true })).data,
    retry: (count, error) => asProblem(error).isPassing && count < 3,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [password, setPassword] = useState('')
  const act = useAct()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      await api.post<Me>(path, { password }, { anonymous: true })
      await enter(go)
    })
  }
  if (!found.data) {
    const words = { unknown: 'join.unknown', link_used: 'join.used', link_expired: 'join.expired' } as const
    return <LinkGone title={t('join.title')} found={found} words={words} />
  }
  const { name, company, login } = found.data
  return (
    <Door title={t('join.welcome', { name })}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.note}>{t('join.text', { company })}</p>
        <p className={classes.note}>
          {t('join.your_login')} <strong>{login}</strong>
        </p>
        <input className="tf-hidden" type="text" autoComplete="username" value={login} readOnly tabIndex={-1} aria-hidden />
        <NewPassword value={password} onChange={setPassword} error={act.of('password')} autoFocus />
        <ProblemText error={act.rest(['password'])} />
        <Button type="submit" fullWidth loading={act.busy}>
          {t('join.enter')}
        </Button>
      </form>
    </Door>
  )
}
