// After a call: did somebody answer? One tap; an answered call is a follow-up (W7).
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { Ref } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useSignal } from '../../live/emitter'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { fetchRecord } from '../rows'
import { phoneText } from '../values'
import { lastCall } from './calls'
import classes from './Contacting.module.css'

export function CallQuestion({ about }: { about: Ref }) {
  const t = useT()
  const act = useAct()
  const queries = useQueryClient()
  const last = useSignal(lastCall)
  if (last?.kind !== about.kind || last.record !== about.id) return null
  const say = (connected: boolean): void => {
    void act.run(async () => {
      const text = connected ? t('contacting.call_note') : ''
      await api.put(`/records/${about.kind}/${about.id}/calls/${last.call}`, { connected, text })
      lastCall.set(null)
      if (!connected) return
      toast(t('contacting.call_noted'), { tone: 'good' })
      await Promise.all([queries.invalidateQueries({ queryKey: ['record-followups', about.kind, about.id] }), fetchRecord(about.kind, about.id)])
    })
  }
  return (
    <section className={classes.question} role="status" data-call={last.call}>
      <p className={classes.asked}>{t('contacting.call_question', { number: phoneText(last.number) })}</p>
      <div className={classes.answers}>
        <Button variant="light" loading={act.busy} onClick={() => say(true)}>
          {t('contacting.call_connected')}
        </Button>
        <Button variant="default" disabled={act.busy} onClick={() => say(false)}>
          {t('contacting.call_missed')}
        </Button>
      </div>
      <ProblemText error={act.error} />
    </section>
  )
}
