// Setting up a second factor: the picture, a code that proves it works, then the recovery codes, shown once.
import { Button, Loader } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import type { EnrolmentView, RecoveryCodesView } from '../api/generated'
import { asProblem } from '../api/problem'
import { useT } from '../i18n/i18n'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { CodeInput } from './CodeInput'
import { RecoveryCodes } from './RecoveryCodes'
import classes from './Security.module.css'

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

export function Enrol({ onDone }: { onDone: () => void }) {
  const t = useT()
  const [code, setCode] = useState('')
  const begin = useMutation({
    mutationFn: async () => (await api.post<EnrolmentView>('/me/second-factor')).data,
  })
  const confirm = useMutation({
    mutationFn: async () => (await api.put<RecoveryCodesView>('/me/second-factor', { code: code.trim() })).data,
  })
  const { mutate } = begin
  const begun = useRef(false)
  useEffect(() => {
    // Once: a second secret would replace the one that is shown.
    if (begun.current) return
    begun.current = true
    mutate()
  }, [mutate])

  if (confirm.data) return <RecoveryCodes codes={confirm.data.recovery_codes} onDone={onDone} />
  if (begin.isError) {
    return (
      <div className={classes.form}>
        <ProblemText error={begin.error} />
        <Button onClick={() => begin.mutate()}>{t('ui.try_again')}</Button>
      </div>
    )
  }
  if (!begin.data) return <Loader size="sm" role="status" aria-label={t('ui.loading')} />
  const { qr, secret, uri } = begin.data
  const refused = confirm.error ? asProblem(confirm.error).field('code') : undefined
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    confirm.mutate()
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.note}>{t('security.enrol_text')}</p>
      <img className={classes.qr} src={qr} width={220} height={220} alt={t('security.qr')} />
      <div>
        <p className={classes.note}>
          {t('security.enrol_by_hand')} <a href={uri}>{t('security.enrol_open')}</a>
        </p>
        <div className={classes.secret}>{inFours(secret)}</div>
      </div>
      <CodeInput digitsOnly value={code} onChange={setCode} error={refused ? fieldText(refused) : undefined} />
      <ProblemText error={refused ? null : confirm.error} />
      <Button type="submit" loading={confirm.isPending}>
        {t('security.switch_on')}
      </Button>
    </form>
  )
}
