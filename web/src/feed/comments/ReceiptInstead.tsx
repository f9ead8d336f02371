// «收到» typed under something that waits for my receipt: the receipt is offered instead, one press (W23, RCPT-05).
import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Post } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { giveReceipt } from '../receipts/giving'
import { useMyReceipt } from '../receipts/mine'
import classes from './CommentComposer.module.css'
import { saysReceived } from './says'

export interface Instead {
  isOffered: boolean
  /** Whether sending waits for the answer. */
  hold: () => boolean
  give: () => void
  insist: () => void
}

export function useReceiptInstead(post: Post, text: string): Instead {
  const receipt = useMyReceipt(post.id)
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
      if (receipt) giveReceipt(post.id, receipt.version)
      setAsked(false)
    },
    insist: () => {
      insisted.current = true
      setAsked(false)
    },
  }
}

export function ReceiptInstead({ onGive, onComment }: { onGive: () => void; onComment: () => void }) {
  const t = useT()
  return (
    <div className={classes.instead} role="alert">
      <p>{t('comments.receipt_instead')}</p>
      <Button leftSection={<IconCheck size={18} />} onClick={onGive} autoFocus>
        {t('comments.give_receipt')}
      </Button>
      <Button variant="default" onClick={onComment}>
        {t('comments.comment_anyway')}
      </Button>
    </div>
  )
}
