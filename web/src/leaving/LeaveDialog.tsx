// Before somebody leaves: what they still hold, where their reports go, why. Pressed once, they are out everywhere.
import { Button, Group, Skeleton, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import type { HandoverPlan } from '../api/generated'
import type { Person } from '../api/types'
import { sayMaybe, useT } from '../i18n/i18n'
import { usePerson } from '../live/directory'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './Leaving.module.css'

export default function LeaveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT()
  const plan = useQuery({
    queryKey: ['leaving', person.id],
    queryFn: async () => (await api.get<HandoverPlan>(`/people/${person.id}/resignation`)).data,
    gcTime: 0,
  })
  return (
    <Dialog title={t('leaving.leave_title', { name: person.name })} onClose={onClose}>
      <ProblemText error={plan.error} />
      {plan.isPending && <Skeleton height={120} />}
      {plan.data?.refusal && (
        <>
          <p className={classes.note}>{sayMaybe(`problem.wrong_state.${plan.data.refusal}`)}</p>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={onClose}>
              {t('ui.close')}
            </Button>
          </Group>
        </>
      )}
      {plan.data && !plan.data.refusal && <Ask person={person} plan={plan.data} onClose={onClose} />}
    </Dialog>
  )
}

function Ask({ person, plan, onClose }: { person: Person; plan: HandoverPlan; onClose: () => void }) {
  const t = useT()
  const manager = usePerson(plan.manager_id)
  const [passUp, setPassUp] = useState(true)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const hasReports = plan.items.some((item) => item.kind === 'reports')
  const leave = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await api.put(`/people/${person.id}/resignation`, { pass_reports_up: hasReports && passUp, reason })
      toast(t('leaving.done', { name: person.name }), { tone: 'good' })
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <div className={classes.stack}>
      <p className={classes.text}>{t('leaving.leave_text')}</p>
      {plan.items.length > 0 && (
        <section aria-label={t('leaving.holds')}>
          <div className={classes.label}>{t('leaving.holds')}</div>
          <ul className={classes.holds}>
            {plan.items.map(({ kind, count }) => (
              <li key={kind}>{sayMaybe(`leaving.part_${kind}`, { count }) ?? `${kind}: ${count}`}</li>
            ))}
          </ul>
        </section>
      )}
      {hasReports && (
        <Switch
          checked={passUp}
          onChange={(event) => setPassUp(event.currentTarget.checked)}
          label={manager ? t('leaving.pass_up', { name: manager.name }) : t('leaving.pass_up_nobody')}
          description={t('leaving.pass_up_explained')}
        />
      )}
      <TextInput
        label={t('leaving.why')}
        description={t('leaving.why_explained')}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProblemText error={error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button color="red.9" loading={busy} onClick={() => void leave()}>
          {t('leaving.leave_confirm')}
        </Button>
      </Group>
    </div>
  )
}
