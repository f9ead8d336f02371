// Reminds only those still pending, and says when the next reminder is possible (RCPT-12).
import { Button } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client'
import { newId } from '../../api/ids'
import { asProblem } from '../../api/problem'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { countdown } from './countdown'

const nextAt = new Map<Id, string>()

export function RemindButton({ post, pending }: { post: Id; pending: number }) {
  const t = useT()
  const [until, setUntil] = useState(nextAt.get(post) ?? null)
  const [now, setNow] = useState(Date.now)
  const [busy, setBusy] = useState(false)
  const key = useRef(newId()) // the same for all tries of one reminder
  const left = until === null ? 0 : Date.parse(until) - now
  const waits = left > 0
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [waits])

  const wait = (at: string): void => {
    nextAt.set(post, at)
    setUntil(at)
    setNow(Date.now())
  }
  const remind = async (): Promise<void> => {
    setBusy(true)
    try {
      const { data } = await api.post<{ reminded: number; next_at: string }>(`/posts/${post}/receipts/remind`, undefined, {
        key: key.current,
      })
      key.current = newId()
      wait(data.next_at)
      toast(t('feed.reminded_count', { count: data.reminded }), { tone: 'good' })
    } catch (error) {
      const problem = asProblem(error)
      if (!problem.isNetwork) key.current = newId()
      if (problem.code === 'too_soon' && problem.problem.until) wait(problem.problem.until)
      else toast(problemText(error), { tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      leftSection={<IconBell size={18} />}
      loading={busy}
      disabled={waits}
      onClick={() => void remind()}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {waits ? t('feed.remind_after', { time: countdown(left) }) : t('feed.remind', { count: pending })}
    </Button>
  )
}
