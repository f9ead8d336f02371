// One request to join: who, how to reach them, what they wrote; let in or refuse, or what became of it.
import { Badge, Button } from '@mantine/core'
import { useState } from 'react'
import type { JoinRequest } from '../api/types'
import { useT } from '../i18n/i18n'
import { usePerson } from '../live/directory'
import { RelativeTime } from '../ui/RelativeTime'
import { ApproveDialog, RefuseDialog } from './DecideDialogs'
import classes from './Joining.module.css'

export function RequestRow({ request }: { request: JoinRequest }) {
  const t = useT()
  const [open, setOpen] = useState<'approve' | 'refuse' | null>(null)
  const decider = usePerson(request.decided_by)
  const close = (): void => setOpen(null)
  const waits = request.state === 'pending'
  return (
    <li className={classes.row} data-request={request.id} data-state={request.state}>
      <div className={classes.who}>
        <span className={classes.name}>
          {request.name}
          {!waits && (
            <Badge variant="light" tt="none" color={request.state === 'approved' ? 'tide' : 'gray'}>
              {t(request.state === 'approved' ? 'joining.state_approved' : 'joining.state_refused')}
            </Badge>
          )}
        </span>
        <span className={classes.facts}>
          <span>{request.phone || request.email}</span>
          <RelativeTime at={request.decided_at ?? request.asked_at} />
          {!waits && decider && <span>{t('joining.decided_by', { name: decider.name })}</span>}
          {request.times > 1 && <span>{t('joining.asked_times', { count: request.times })}</span>}
        </span>
        {request.note && <p className={classes.said}>{request.note}</p>}
        {request.reason && <p className={classes.note}>{t('joining.reason_was', { reason: request.reason })}</p>}
      </div>
      {waits && (
        <div className={classes.acts}>
          <Button onClick={() => setOpen('approve')}>{t('joining.approve')}</Button>
          <Button variant="default" onClick={() => setOpen('refuse')}>
            {t('joining.refuse')}
          </Button>
        </div>
      )}
      {open === 'approve' && <ApproveDialog request={request} onClose={close} />}
      {open === 'refuse' && <RefuseDialog request={request} onClose={close} />}
    </li>
  )
}
