// Under the stub of a record: asks who leads it, and says what became of that (N1).
import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { CardView } from '../api/types'
import { wantCard } from '../cards/known'
import { useT } from '../i18n/i18n'
import { useCan } from '../live/bootstrap'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import classes from './Access.module.css'

export default function AskForAccess({ card }: { card: CardView }) {
  const t = useT()
  const act = useAct()
  const may = useCan('records.read')
  if (card.state === 'asked') return <span className={classes.said} role="status">{t('access.asked')}</span>
  const ask = async (): Promise<void> => {
    const done = await act.run(async () => {
      try {
        await api.put(`/records/${card.kind}/${card.id}/access-request`, {})
        toast(t('access.asked_now'), { tone: 'good' })
      } catch (error) {
        if (asProblem(error).problem.reason !== 'can_read') toast(problemText(error), { tone: 'bad' })
      }
    })
    if (done) wantCard(card)
  }
  const isRefused = card.state === 'refused'
  return (
    <>
      {isRefused && <span className={classes.said}>{t('access.refused', { reason: String(card.shown?.reason ?? '') })}</span>}
      {may && (
        <Button variant="default" className={classes.ask} leftSection={<IconKey size={16} aria-hidden />} loading={act.busy} onClick={() => void ask()}>
          {t(isRefused ? 'access.ask_again' : 'access.ask')}
        </Button>
      )}
    </>
  )
}
