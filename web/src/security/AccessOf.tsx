// How somebody signs in, for administrators: signing them out everywhere, taking away a lost second factor or all tokens.
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import type { AccessView } from '../api/generated'
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './Security.module.css'
import { useRefetch } from './wire'

const ACTS = ['devices', 'tokens', 'second-factor'] as const
type Act = (typeof ACTS)[number]

export function AccessOf({ person }: { person: Person }) {
  const t = useT()
  const refetch = useRefetch()
  const access = useQuery({
    queryKey: ['access', person.id],
    queryFn: async ({ signal }) => (await api.get<AccessView>(`/people/${person.id}/access`, { signal })).data,
  })
  const [asked, setAsked] = useState<Act | null>(null)
  const carryOut = async (): Promise<void> => {
    if (!asked) return
    await api.delete(`/people/${person.id}/${asked}`)
    await refetch('access')
    toast(t('security.done_for', { name: person.name }), { tone: 'good' })
  }
  const { data } = access
  const offered: Record<Act, boolean> = {
    devices: (data?.devices ?? 0) > 0,
    tokens: (data?.tokens ?? 0) > 0,
    'second-factor': data?.second_factor ?? false,
  }
  return (
    <section aria-label={t('security.access')}>
      <h4 className={classes.heading}>{t('security.access')}</h4>
      <ProblemText error={access.error} />
      {access.isPending && <Skeleton height={44} aria-hidden />}
      {data && (
        <p className={classes.note}>
          {t('security.access_text', { devices: data.devices, tokens: data.tokens })}{' '}
          {t(data.second_factor ? 'security.access_factor_on' : 'security.access_factor_off')}
        </p>
      )}
      <div className={classes.acts}>
        {ACTS.filter((act) => offered[act]).map((act) => (
          <Button key={act} variant="default" onClick={() => setAsked(act)}>
            {t(`security.end.${act}`)}
          </Button>
        ))}
      </div>
      <ConfirmDialog
        opened={asked !== null}
        title={t('security.end_title', { name: person.name })}
        confirm={asked ? t(`security.end.${asked}`) : ''}
        onConfirm={carryOut}
        onClose={() => setAsked(null)}
      >
        {asked && t(`security.end_text.${asked}`)}
      </ConfirmDialog>
    </section>
  )
}
