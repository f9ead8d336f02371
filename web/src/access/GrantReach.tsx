// While composing: lets who will not see a card read its record, leaves them out, and says what others will not see of it (N2).
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CardReach } from '../api/generated'
import type { Audience } from '../api/types'
import { useT } from '../i18n/i18n'
import { listed } from '../i18n/dates'
import { sayMaybe } from '../i18n/i18n'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import classes from './Access.module.css'
import { letRead } from './acts'
import { Days, USUAL } from './Days'

interface Props {
  card: CardReach
  audience: Audience
  /** They are asked for again. */
  onGranted: () => void
  onLeaveOut?: ((people: number[]) => void) | undefined
}

export default function GrantReach({ card, audience, onGranted, onLeaveOut }: Props) {
  const t = useT()
  const act = useAct()
  const [days, setDays] = useState<number>(USUAL)
  const blind = card.blind ?? 0
  const grant = async (): Promise<void> => {
    const done = await act.run(async () => {
      const count = await letRead(card, { days, audience })
      toast(t('access.shared', { count }), { tone: 'good' })
    })
    if (done) onGranted()
  }
  const isByName = blind > 0 && blind === card.people.length && card.people.every((one) => audience.people.includes(one))
  return (
    <>
      {blind > 0 && card.may_grant && (
        <div className={classes.grant}>
          <Days value={days} onChange={setDays} />
          <Button variant="default" loading={act.busy} onClick={() => void grant()}>
            {t('access.grant')}
          </Button>
        </div>
      )}
      {isByName && onLeaveOut && (
        <Button variant="default" mt={4} onClick={() => onLeaveOut(card.people)}>
          {t('access.leave_out')}
        </Button>
      )}
      {(card.partly ?? []).length > 0 && (
        <p className={classes.note}>
          {t('access.partly', {
            count: Math.max(...(card.partly ?? []).map((one) => one.people)),
            classes: listed((card.partly ?? []).map((one) => sayMaybe(`access.class_${one.class}`) ?? one.class)),
          })}
        </p>
      )}
      <ProblemText error={act.error} />
    </>
  )
}
