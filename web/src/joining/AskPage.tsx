// The company's link: who wants to join says who they are and chooses a password; an administrator decides (W32).
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/client'
import type { AskedView, JoiningView } from '../api/generated'
import { asProblem } from '../api/problem'
import { useLanguage, useT } from '../i18n/i18n'
import { Door } from '../shell/Door'
import classes from '../shell/Door.module.css'
import { LinkGone } from '../shell/LinkGone'
import { NewPassword } from '../shell/NewPassword'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'

const FIELDS = ['name', 'login', 'note', 'password']

export default function AskPage({ token }: { token: string }) {
  const t = useT()
  const language = useLanguage()
  const [, go] = useLocation()
  const path = `/joining/${encodeURIComponent(token)}`
  const found = useQuery({
    queryKey: ['joining', token],
    queryFn: async ({ signal }) => (await api.get<JoiningView>(path, { signal, anonymous: true })).data,
    retry: (count, error) => asProblem(error).isPassing && count < 3,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [form, setForm] = useState({ name: '', login: '', note: '', password: '' })
  const act = useAct()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      const { data } = await api.post<AskedView>(path, { ...form, language }, { anonymous: true })
      go(`/join-request/${data.token}`, { replace: true })
    })
  }
  if (!found.data) return <LinkGone title={t('joining.title')} found={found} words={{ unknown: 'joining.link_dead' }} />
  const text = (field: 'name' | 'login' | 'note', more: Record<string, unknown>) => (
    <TextInput
      withAsterisk={false}
      value={form[field]}
      onChange={(event) => setForm({ ...form, [field]: event.currentTarget.value })}
      error={act.of(field)}
      {...more}
    />
  )
  return (
    <Door title={t('joining.ask', { company: found.data.company })}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.note}>{t('joining.ask_text')}</p>
        {text('name', { label: t('joining.your_name'), autoComplete: 'name', required: true, autoFocus: true })}
        {text('login', {
          label: t('joining.your_login'),
          autoComplete: 'username',
          autoCapitalize: 'none',
          spellCheck: false,
          required: true,
        })}
        <NewPassword
          label={t('joining.password')}
          value={form.password}
          onChange={(password) => setForm({ ...form, password })}
          error={act.of('password')}
        />
        {text('note', { label: t('joining.note'), placeholder: t('joining.note_example'), autoComplete: 'off', maxLength: 200 })}
        <ProblemText error={act.rest(FIELDS)} />
        <Button type="submit" fullWidth loading={act.busy}>
          {t('joining.send')}
        </Button>
        <Button variant="default" onClick={() => go('/')}>
          {t('joining.have_account')}
        </Button>
      </form>
    </Door>
  )
}
