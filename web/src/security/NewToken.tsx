// A new access token: a name, what it may do, how long; then its text, shown once.
import { Alert, Button, Checkbox, SegmentedControl, Skeleton, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { api } from '../api/client'
import type { TokenView } from '../api/generated'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { copyText } from '../ui/clipboard'
import { Dialog } from '../ui/Dialog'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { scopeName } from './scopeName'
import classes from './Security.module.css'
import { tokensPath, useRefetch, useScopes } from './wire'

const DAYS = ['30', '90', '365']

export function NewToken({ bot, onClose }: { bot: Id | null; onClose: () => void }) {
  const t = useT()
  const scopes = useScopes(bot)
  const refetch = useRefetch()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const [days, setDays] = useState('90')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [made, setMade] = useState<TokenView | null>(null)
  const key = useRef(newId())

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const body = { name, scopes: chosen, days: Number(days) }
      setMade((await api.post<TokenView>(tokensPath(bot), body, { key: key.current })).data)
      void refetch('tokens', 'bots')
    } catch (problem) {
      key.current = newId()
      setError(problem)
    }
    setBusy(false)
  }
  const refused = (field: string): string | undefined => {
    const found = error ? asProblem(error).field(field) : undefined
    return found && fieldText(found)
  }
  if (made) {
    const copy = async (): Promise<void> => {
      toast(t((await copyText(made.token)) ? 'ui.copied' : 'security.copy_by_hand'), { tone: 'good' })
    }
    return (
      <Dialog title={made.name} onClose={onClose}>
        <div className={classes.form}>
          <Alert variant="light">{t('security.token_once')}</Alert>
          <div className={classes.secret}>{made.token}</div>
          <Button onClick={() => void copy()} data-autofocus>
            {t('security.copy')}
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog tall title={t('security.new_token')} onClose={onClose}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('security.token_name')}
          description={t('security.token_name_text')}
          required
          withAsterisk={false}
          data-autofocus
          maxLength={100}
          value={name}
          error={refused('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div>
          <p className={classes.note} id="token-days">
            {t('security.token_days')}
          </p>
          <SegmentedControl
            fullWidth
            aria-labelledby="token-days"
            value={days}
            onChange={setDays}
            data={DAYS.map((value) => ({ value, label: t('security.days', { n: Number(value) }) }))}
          />
        </div>
        <Checkbox.Group label={t('security.token_scopes')} value={chosen} onChange={setChosen} error={refused('scopes')}>
          {scopes.isPending && <Skeleton height={120} aria-hidden />}
          <div className={classes.scopes}>
            {scopes.data?.map((one) => (
              <Checkbox
                key={one.name}
                className={classes.scope}
                value={one.name}
                label={scopeName(one.name)}
                title={one.name}
              />
            ))}
          </div>
        </Checkbox.Group>
        <ProblemText error={scopes.error ?? error} besides={['name', 'scopes']} />
        <Button type="submit" loading={busy}>
          {t('security.make_token')}
        </Button>
      </form>
    </Dialog>
  )
}
