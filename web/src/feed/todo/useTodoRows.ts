// The to-dos on the screen: stable while the page is open, new ones behind a button. Used by Work and To-dos.
import { useEffect, useState } from 'react'
import type { Id } from '../../api/types'
import { useOpenReceipts } from '../receipts/mine'
import { keepPlace, withFresh } from './order'

export interface TodoRows {
  shown: readonly Id[]
  open: number
  fresh: number
  showFresh: () => void
}

export function useTodoRows(): TodoRows {
  const open = useOpenReceipts()
  const [before, setBefore] = useState<readonly Id[] | null>(null)
  const { shown, fresh } = keepPlace(before, open)
  useEffect(() => {
    if (!before?.length && shown.length > 0) setBefore(shown)
  }, [before, shown])
  return { shown, open: open.length, fresh: fresh.length, showFresh: () => setBefore(withFresh(open)) }
}
