// The page of somebody who asked to join: waits for the answer, then says it. Its address is the asker's alone.
import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconHourglass } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { JoinAnswer } from '../api/types'
import { useT } from '../i18n/i18n'
import { Door } from '../shell/Door'
import { LinkGone } from '../shell/LinkGone'
import classes from './AnswerPage.module.css'

const OFTEN = 4_000 // milliseconds while the page is seen

export default function AnswerPage({ token }: { token: string }) {
  const t = useT()
  const [, go] = useLocation()
  const found = useQuery({
    queryKey: ['join-answer', token],
    queryFn: async ({ signal }) =>
      (await api.get<JoinAnswer>(`/joining/requests/${encodeURIComponent(token)}`, { signal, anonymous: true })).data,
    retry: (count, error) => asProblem(error).isPassing && count < 3,
    refetchInterval: ({ state: { data, error } }) =>
      (data && data.state !== 'pending') || (error && !asProblem(error).isPassing) ? false : OFTEN,
    staleTime: 0,
  })
  if (!found.data) return <LinkGone title={t('joining.title')} found={found} words={{ unknown: 'joining.request_unknown' }} />
  const { state, company, name, login, reason } = found.data
  const Icon = state === 'approved' ? IconCircleCheck : state === 'refused' ? IconCircleX : IconHourglass
  return (
    <Door title={t(`joining.answer_${state}`, { company })}>
      <div className={classes.answer} data-state={state}>
        <div role="status" className={classes.said}>
          <Icon size={44} stroke={1.4} aria-hidden />
          <p className={classes.text}>{t(`joining.answer_${state}_text`, { name })}</p>
          {state === 'refused' && reason && <blockquote className={classes.reason}>{reason}</blockquote>}
        </div>
        <p className={classes.note}>
          {t('join.your_login')} <strong>{login}</strong>
        </p>
        {state === 'pending' && <p className={classes.note}>{t('joining.keep_page')}</p>}
        {state === 'pending' && <p className={classes.note}>{t('joining.have_account_text')}</p>}
        <Button variant={state === 'approved' ? 'filled' : 'default'} onClick={() => go('/')}>
          {t('join.to_sign_in')}
        </Button>
      </div>
    </Door>
  )
}
