// «Received»: one press. It shows at once that it was pressed, and when it is safe; offline it waits in the outbox.
import { Button } from '@mantine/core'
import { IconCheck, IconClock, IconRefresh } from '@tabler/icons-react'
import type { Id, Receipt } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { connection } from '../../live/connection'
import { useSignal } from '../../live/emitter'
import { useGiving } from './giving'

interface Props {
  post: Id
  receipt: Receipt
  /** In narrow rows. */
  compact?: boolean
  className?: string | undefined
  describedBy?: string
}

export function ReceivedButton({ post, receipt, compact = false, className, describedBy }: Props) {
  const t = useT()
  const { state, give } = useGiving(receipt, post)
  const isOnline = useSignal(connection) === 'online'
  if (state === 'pending') {
    return (
      <Button
        className={className}
        variant="light"
        data-pending
        aria-disabled
        leftSection={<IconClock size={18} />}
        aria-describedby={describedBy}
      >
        {t(isOnline ? 'feed.giving' : compact ? 'feed.given_waits_short' : 'feed.given_waits')}
      </Button>
    )
  }
  return (
    <Button
      className={className}
      onClick={give}
      leftSection={state === 'failed' ? <IconRefresh size={18} /> : <IconCheck size={20} />}
      aria-describedby={describedBy}
    >
      {t(state === 'failed' ? 'feed.give_again' : 'feed.received')}
    </Button>
  )
}
