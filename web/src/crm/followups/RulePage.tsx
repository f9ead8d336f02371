// Administration: how much a follow-up has to say before it counts (M49).
import { Button, NumberInput, Skeleton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SectionPage } from '../../admin/SectionPage'
import { api } from '../../api/client'
import type { FollowupRuleView } from '../../api/generated'
import { say, useT } from '../../i18n/i18n'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import classes from './FollowUps.module.css'
import { RULE } from './rule'

const FEWEST = 1
const MOST = 200

export default function RulePage() {
  const t = useT()
  const act = useAct()
  const queries = useQueryClient()
  const now = useQuery({ queryKey: RULE, queryFn: async ({ signal }) => (await api.get<FollowupRuleView>('/followup-rule', { signal })).data, staleTime: 0 })
  const [typed, setTyped] = useState<number | string | null>(null)
  const least = typed ?? now.data?.least ?? ''
  const save = (): void => {
    void act.run(async () => {
      const { data } = await api.put<FollowupRuleView>('/followup-rule', { least: Number(least) })
      queries.setQueryData(RULE, data)
      setTyped(null)
      toast(say('crm.rule_saved'), { tone: 'good' })
    })
  }
  return (
    <SectionPage title={t('crm.rule_section')}>
      <p className={classes.about}>{t('crm.rule_text')}</p>
      <ProblemText error={now.error} />
      {now.isPending && <Skeleton height={80} aria-hidden />}
      {now.data && (
        <form
          className={classes.rule}
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <NumberInput label={t('crm.rule_least')} min={FEWEST} max={MOST} allowDecimal={false} allowNegative={false} clampBehavior="strict" value={least} onChange={setTyped} error={act.of('least')} />
          <ProblemText error={act.rest(['least'])} />
          <Button type="submit" loading={act.busy} disabled={typed === null || typed === '' || Number(typed) === now.data.least}>
            {t('ui.save')}
          </Button>
        </form>
      )}
    </SectionPage>
  )
}
