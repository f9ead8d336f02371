// My own password: the old one first; my other devices are signed out. Opened from the Me page.
import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client'
import { useT } from '../i18n/i18n'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import classes from './Door.module.css'
import { NewPassword } from './NewPassword'

export default function ChangePassword({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [old, setOld] = useState('')
  const [password, setPassword] = useState('')
  const act = useAct()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      await api.put('/me/password', { old_password: old, password })
      toast(t('me.password_changed'), { tone: 'good' })
      onClose()
    })
  }
  return (
    <Dialog title={t('me.change_password')} onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.note}>{t('me.change_password_text')}</p>
        <PasswordInput
          label={t('me.old_password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
          error={act.of('old_password')}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
        />
        <NewPassword value={password} onChange={setPassword} error={act.of('password')} />
        <ProblemText error={act.rest(['old_password', 'password'])} />
        <Button type="submit" fullWidth loading={act.busy}>
          {t('me.change_password')}
        </Button>
      </form>
    </Dialog>
  )
}
