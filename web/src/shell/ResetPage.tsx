// A link for a new password: sets it once, then leads to the sign-in.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { ResetView } from '../api/generated'
import { useT } from '../i18n/i18n'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import { Door } from './Door'
import classes from './Door.module.css'
import { LinkGone } from './LinkGone'
import { NewPassword } from './NewPassword'
import { session } from './session'

export default function ResetPage({ token }: { token: string }) {
  const t = useT()
  const [, go] = useLocation()
  const path = `/password-resets/${encodeURIComponent(token)}`
  const found = useQuery({
    queryKey: ['reset', token],
    queryFn: async ({ signal }) => (await api.get<ResetView>(path, { signal, anonymous: true })).data,
    retry: (count, error) => asProblem(error).isPassing && count < 3,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const act = useAct()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      await api.post(path, { password }, { anonymous: true })
      setDone(true)
    })
  }
  if (!found.data) {
    const words = { unknown: 'reset.unknown', link_used: 'reset.used', link_expired: 'reset.expired' } as const
    return (
      <LinkGone title={t('reset.title')} found={found} words={words}>
        <Button onClick={() => go('/forgot')}>{t('reset.new_link')}</Button>
      </LinkGone>
    )
  }
  if (done) {
    const toSignIn = (): void => {
      session.set({ state: 'anonymous', ended: false })
      go('/', { replace: true })
    }
    return (
      <Door title={t('reset.done')}>
        <div className={classes.form} role="status">
          <p className={classes.note}>{t('reset.done_text')}</p>
          <Button onClick={toSignIn}>{t('join.to_sign_in')}</Button>
        </div>
      </Door>
    )
  }
  return (
    <Door title={t('reset.title')}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.note}>{t('reset.text', { name: found.data.name, company: found.data.company })}</p>
        <NewPassword value={password} onChange={setPassword} error={act.of('password')} autoFocus />
        <ProblemText error={act.rest(['password'])} />
        <Button type="submit" fullWidth loading={act.busy}>
          {t('reset.set')}
        </Button>
      </form>
    </Door>
  )
}
