// Sign in with phone, staff number or e-mail.
import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { asProblem } from '../api/problem'
import { useT } from '../i18n/i18n'
import { ProblemText } from '../ui/ProblemText'
import { Door } from './Door'
import classes from './Door.module.css'
import { OpenIdDoor } from './OpenIdDoor'
import { SecondStep } from './SecondStep'
import { signIn } from './session'

export default function SignInPage({ ended }: { ended: boolean }) {
  const t = useT()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [step, setStep] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await signIn(login.trim(), password)
    } catch (problem) {
      const { code, problem: refusal } = asProblem(problem)
      if (code === 'second_factor_needed' && refusal.step) setStep(refusal.step)
      else setError(problem)
      setBusy(false)
    }
  }
  if (step !== null) {
    const back = (problem?: unknown): void => {
      setStep(null)
      setError(problem ?? null)
    }
    return (
      <Door title={t('security.second_step')}>
        <SecondStep step={step} onBack={back} />
      </Door>
    )
  }
  return (
    <Door title={t('sign_in.title')}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        {ended && !error ? <Alert variant="light">{t('sign_in.ended')}</Alert> : null}
        <TextInput
          label={t('sign_in.login')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('sign_in.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
        />
        <ProblemText error={error} />
        <Button type="submit" fullWidth loading={busy}>
          {t('sign_in.enter')}
        </Button>
        <Link href="/forgot" className={classes.link}>
          {t('sign_in.forgot')}
        </Link>
        <OpenIdDoor />
        <p className={classes.note}>{t('sign_in.no_password')}</p>
      </form>
    </Door>
  )
}
