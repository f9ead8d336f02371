// What the ladder will do, in words, before it is published or switched on (N5).
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { LadderTimes } from '../../api/types'
import { dayAndTime } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { ProblemText } from '../../ui/ProblemText'
import classes from './Ladder.module.css'

const steps = ['nudge', 'deputy', 'manager'] as const

export default function LadderPlan({ due, urgent }: { due: string; urgent: boolean }) {
  const t = useT()
  const plan = useQuery({
    queryKey: ['ladder-plan', due, urgent],
    queryFn: async ({ signal }) =>
      (await api.get<LadderTimes>('/receipt-ladder', { query: { due_at: due, urgent }, signal })).data,
    staleTime: 30_000,
    retry: false,
  })
  return (
    <div className={classes.plan} data-ladder-plan={plan.isSuccess || undefined}>
      <p className={classes.heading}>{t('ladder.plan')}</p>
      <ProblemText error={plan.error} />
      {plan.data && (
        <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step}>{t(`ladder.plan_${step}`, { time: dayAndTime(plan.data[step]) })}</li>
          ))}
        </ol>
      )}
      <p className={classes.note}>{t(urgent ? 'ladder.plan_urgent' : 'ladder.plan_hours')}</p>
      <p className={classes.note}>{t('ladder.plan_above')}</p>
    </div>
  )
}
