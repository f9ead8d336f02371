// Who must have a second factor in this company. Whom a stricter rule concerns signs in anew.
import { SegmentedControl, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { SectionPage } from '../admin/SectionPage'
import { api } from '../api/client'
import type { Requirement } from '../api/generated'
import { asProblem } from '../api/problem'
import { useT } from '../i18n/i18n'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './Security.module.css'
import { useRefetch } from './wire'

type Who = Requirement['second_factor']
const CHOICES: readonly Who[] = ['nobody', 'administrators', 'everyone']

export default function SignInRulesPage() {
  const t = useT()
  const refetch = useRefetch()
  const rule = useQuery({
    queryKey: ['sign-in-rule'],
    queryFn: async ({ signal }) => (await api.get<Requirement>('/company/sign-in', { signal })).data,
  })
  const [wish, setWish] = useState<Who | null>(null)
  const [first, setFirst] = useState(false)
  const change = async (who: Who): Promise<void> => {
    try {
      await api.put('/company/sign-in', { second_factor: who })
    } catch (error) {
      if (asProblem(error).problem.reason !== 'enrol_first') throw error
      setFirst(true)
      return
    }
    setFirst(false)
    await refetch('sign-in-rule')
    toast(t('security.rule_saved'), { tone: 'good' })
  }
  return (
    <SectionPage title={t('security.sign_in_section')}>
      <section className={classes.card}>
        <h2 className={classes.heading}>{t('security.who_must')}</h2>
        <p className={classes.note}>{t('security.who_must_text')}</p>
        <ProblemText error={rule.error} />
        {rule.isPending && <Skeleton height={44} aria-hidden />}
        {rule.data && (
          <SegmentedControl
            fullWidth
            aria-label={t('security.who_must')}
            value={rule.data.second_factor}
            onChange={(value) => setWish(value as Who)}
            data={CHOICES.map((value) => ({ value, label: t(`security.who.${value}`) }))}
          />
        )}
        {first && (
          <p className={classes.note} role="alert">
            {t('security.enrol_yourself')} <Link href="/me/security">{t('security.title')}</Link>
          </p>
        )}
      </section>
      <ConfirmDialog
        opened={wish !== null}
        title={t('security.rule_title')}
        confirm={t('ui.save')}
        danger={false}
        onConfirm={() => (wish ? change(wish) : undefined)}
        onClose={() => setWish(null)}
      >
        {wish && t(`security.rule_text.${wish}`)}
      </ConfirmDialog>
    </SectionPage>
  )
}
