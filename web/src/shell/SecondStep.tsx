// The second step of signing in: a code of the authenticator, or a recovery code.
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { asProblem } from '../api/problem'
import { useT } from '../i18n/i18n'
import { CodeInput } from '../security/CodeInput'
import { ProblemText } from '../ui/ProblemText'
import classes from './Door.module.css'
import { finishSignIn } from './session'

export function SecondStep({ step, onBack }: { step: string; onBack: (error?: unknown) => void }) {
  const t = useT()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await finishSignIn(step, code.trim())
    } catch (problem) {
      if (asProblem(problem).status === 409) return onBack(problem)
      setError(problem)
      setBusy(false)
    }
  }
  const isWrong = error !== null && asProblem(error).code === 'wrong_credentials'
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <p className={classes.note}>{t('security.second_step_text')}</p>
      <CodeInput value={code} onChange={setCode} error={isWrong ? t('security.wrong_code') : undefined} />
      <ProblemText error={isWrong ? null : error} />
      <Button type="submit" fullWidth loading={busy}>
        {t('sign_in.enter')}
      </Button>
      <Button variant="subtle" fullWidth onClick={() => onBack()}>
        {t('ui.back')}
      </Button>
    </form>
  )
}
