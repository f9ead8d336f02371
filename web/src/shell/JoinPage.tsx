// An invitation: greets by name, sets a password, and goes in.
import { Button, Loader, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Invitation, Me } from '../api/types'
import { useT } from '../i18n/i18n'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { Door } from './Door'
import classes from './Door.module.css'
import { session, startSession } from './session'

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
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const refused = error ? asProblem(error).field('password') : undefined

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await api.post<Me>(path, { password }, { anonymous: true })
      session.set({ state: 'starting' })
      await startSession(true)
      go('/', { replace: true })
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }

  if (found.isPending) {
    return (
      <Door title={t('join.title')}>
        <Loader aria-label={t('ui.loading')} />
      </Door>
    )
  }
  if (found.isError) {
    const code = asProblem(found.error).status
    const gone = code === 404 || code === 409
    return (
      <Door title={t('join.title')}>
        <div className={classes.form}>
          <p className={classes.note}>{gone ? t(code === 404 ? 'join.unknown' : 'join.used') : t('connection.unreachable_text')}</p>
          {gone ? (
            <Button variant="default" onClick={() => go('/')}>
              {t('join.to_sign_in')}
            </Button>
          ) : (
            <Button onClick={() => void found.refetch()}>{t('ui.try_again')}</Button>
          )}
        </div>
      </Door>
    )
  }
  const { name, company, login } = found.data
  return (
    <Door title={t('join.welcome', { name })}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <p className={classes.note}>{t('join.text', { company })}</p>
        <p className={classes.note}>
          {t('join.your_login')} <strong>{login}</strong>
        </p>
        <input className="tf-hidden" type="text" autoComplete="username" value={login} readOnly tabIndex={-1} aria-hidden />
        <PasswordInput
          label={t('join.password')}
          description={t('join.password_rule')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={refused ? fieldText(refused) : undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
        />
        <ProblemText error={refused ? null : error} />
        <Button type="submit" fullWidth loading={busy}>
          {t('join.enter')}
        </Button>
      </form>
    </Door>
  )
}
