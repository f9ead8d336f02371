// The first steps of a new company, told from what is there: colleagues, invitations, the first share. For administrators, until
// everything is done or they have had enough of it.
import { Button, CloseButton } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import { api } from '../api/client'
import type { StartState } from '../api/types'
import { useT } from '../i18n/i18n'
import { useSelector } from '../live/hooks'
import { envelopes } from '../live/socket'
import type { store } from '../live/store'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './GuidedStart.module.css'

const KEY = ['start']
const hasPosts = (from: typeof store): boolean => from.posts().length > 0

function Step({ done, title, text, children }: { done: boolean; title: string; text: string; children: ReactNode }) {
  const t = useT()
  const Mark = done ? IconCircleCheckFilled : IconCircle
  return (
    <li className={classes.step} data-done={done || undefined}>
      <Mark size={24} className={classes.mark} aria-hidden />
      <div className={classes.words}>
        <strong>{title}</strong>
        {done && <span className="tf-hidden">{t('setup.step_done')}</span>}
        <span className={classes.text}>{text}</span>
      </div>
      {!done && <div className={classes.act}>{children}</div>}
    </li>
  )
}

export default function GuidedStart({ onShare }: { onShare: () => void }) {
  const t = useT()
  const queries = useQueryClient()
  const shared = useSelector(['post'], hasPosts)
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<StartState>('/start', { signal })).data,
    staleTime: 0,
  })
  // Somebody came, or set a password.
  useEffect(
    () =>
      envelopes.on((event) => {
        if (/^(person|directory)\./.test(event.type)) void queries.invalidateQueries({ queryKey: KEY })
      }),
    [queries],
  )
  if (!data || data.dismissed) return null
  const { colleagues, invited, joined } = data
  const steps = [colleagues > 0, invited > 0 || joined > 0, shared]
  if (steps.every(Boolean)) return null
  const dismiss = async (): Promise<void> => {
    try {
      await api.put('/start/dismissal', {})
      queries.setQueryData(KEY, { ...data, dismissed: true })
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  return (
    <section className={classes.card} aria-labelledby="guided-start">
      <div className={classes.head}>
        <h2 className={classes.title} id="guided-start">
          {t('setup.start')}
        </h2>
        <CloseButton aria-label={t('setup.start_dismiss')} onClick={() => void dismiss()} />
      </div>
      <ol className={classes.steps}>
        <Step
          done={steps[0] ?? false}
          title={t('setup.step_people')}
          text={colleagues > 0 ? t('setup.step_people_done', { count: colleagues }) : t('setup.step_people_text')}
        >
          <Button component={Link} href="/admin/import">
            {t('people.import')}
          </Button>
        </Step>
        <Step
          done={steps[1] ?? false}
          title={t('setup.step_invite')}
          text={steps[1] ? t('setup.step_invite_done', { invited, joined }) : t('setup.step_invite_text')}
        >
          <Button component={Link} href="/people" variant={steps[0] ? 'filled' : 'default'}>
            {t('setup.step_invite_go')}
          </Button>
        </Step>
        <Step done={shared} title={t('setup.step_share')} text={t('setup.step_share_text')}>
          <Button onClick={onShare} variant={steps[0] && steps[1] ? 'filled' : 'default'}>
            {t('setup.step_share_go')}
          </Button>
        </Step>
      </ol>
    </section>
  )
}
