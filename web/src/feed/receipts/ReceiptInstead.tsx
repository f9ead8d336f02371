// «收到» typed about something that waits for my receipt: the receipt is offered instead, one press (W23, RCPT-05).
import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { giveReceipt } from './giving'
import { useMyReceipt } from './mine'
import classes from './ReceiptInstead.module.css'
import { saysReceived } from './says'

export interface Instead {
  isOffered: boolean
  /** Whether sending waits for the answer. */
  hold: () => boolean
  give: () => void
  insist: () => void
}

/** `post`: what is being written about, null for nothing that could wait. */
export function useReceiptInstead(post: Id | null, text: string): Instead {
  const receipt = useMyReceipt(post ?? 0)
  const fits = receipt?.state === 'open' && saysReceived(text)
  const [asked, setAsked] = useState(false)
  const insisted = { current: false }
  useEffect(() => {
    if (!fits) setAsked(false)
  }, [fits])
  return {
    isOffered: fits && asked,
    hold: () => {
      if (!fits || insisted.current) return false
      setAsked(true)
      return true
    },
    give: () => {
      if (receipt) giveReceipt(receipt.post_id, receipt.version)
      setAsked(false)
    },
    insist: () => {
      insisted.current = true
      setAsked(false)
    },
  }
}

interface Props {
  onGive: () => void
  /** What was typed is meant after all. */
  otherwise: string
  onOtherwise: () => void
}

export function ReceiptInstead({ onGive, otherwise, onOtherwise }: Props) {
  const t = useT()
  return (
    <div className={classes.instead} role="alert">
      <p>{t('feed.receipt_instead')}</p>
      <Button leftSection={<IconCheck size={18} />} onClick={onGive} autoFocus>
        {t('feed.give_receipt')}
      </Button>
      <Button variant="default" onClick={onOtherwise}>
        {otherwise}
      </Button>
    </div>
  )
}
