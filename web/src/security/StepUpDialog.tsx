// «Is it you?»: password or code, above whatever is open; what was typed there stays, and its act goes on afterwards.
import { Button, Group, Loader, PasswordInput, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { WaysView } from '../api/generated'
import { useT } from '../i18n/i18n'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import { CodeInput } from './CodeInput'
import classes from './Security.module.css'

// Escape closes this dialog, not the one beneath it.
const ALONE = { 'data-mantine-stop-propagation': 'true' }

export default function StepUpDialog({ answer }: { answer: (confirmed: boolean) => void }) {
  const t = useT()
  const ways = useQuery({
    queryKey: ['step-up'],
    queryFn: async () => (await api.get<WaysView>('/session/step-up')).data,
    staleTime: 0,
  })
  const [wish, setWish] = useState<'password' | 'code' | null>(null)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const way = wish ?? (ways.data?.password === false && ways.data.code ? 'code' : 'password')

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    // A portal's events reach the form beneath it in React's tree; that one is not meant.
    event.stopPropagation()
    setBusy(true)
    setError(null)
    try {
      await api.put('/session/step-up', { [way]: typed }, { anonymous: true })
      answer(true)
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) answer(false)
  }
  const isWrong = error !== null && asProblem(error).code === 'wrong_credentials'
  const wrong = isWrong ? t(way === 'password' ? 'security.wrong_password' : 'security.wrong_code') : undefined
  const other = way === 'password' ? ways.data?.code : ways.data?.password
  return (
    <Dialog title={t('security.step_up')} onClose={() => answer(false)} size="sm" above>
      <form className={classes.form} onSubmit={(event) => void submit(event)} onKeyDown={escape}>
        <Text c="var(--tf-dimmed)">{t('security.step_up_text')}</Text>
        {ways.isPending ? (
          <Loader size="sm" role="status" aria-label={t('ui.loading')} />
        ) : ways.data && !ways.data.password && !ways.data.code ? (
          <Text>{t('security.step_up_anew')}</Text>
        ) : way === 'password' ? (
          <PasswordInput
            {...ALONE}
            label={t('sign_in.password')}
            autoComplete="current-password"
            autoFocus
            data-autofocus
            required
            withAsterisk={false}
            error={wrong}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password'), ...ALONE }}
          />
        ) : (
          <CodeInput {...ALONE} value={typed} onChange={setTyped} error={wrong} />
        )}
        <ProblemText error={ways.error ?? (isWrong ? null : error)} />
        {other && (
          <Button
            {...ALONE}
            variant="subtle"
            onClick={() => {
              setWish(way === 'password' ? 'code' : 'password')
              setTyped('')
              setError(null)
            }}
          >
            {t(way === 'password' ? 'security.use_code' : 'security.use_password')}
          </Button>
        )}
        <Group justify="flex-end">
          <Button {...ALONE} variant="default" onClick={() => answer(false)}>
            {t('ui.cancel')}
          </Button>
          <Button {...ALONE} type="submit" loading={busy} disabled={typed === ''}>
            {t('security.confirm')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
