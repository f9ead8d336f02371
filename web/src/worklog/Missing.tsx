// Those who have not handed in: reminded, at most once in half an hour, and as a line of names for a chat elsewhere.
import { Button, Group } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import type { HandInPanel, LogTemplateView } from '../api/generated'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import type { Change } from '../api/types'
import { periodText } from '../feed/kinds/log/words'
import { CopyNames } from '../feed/receipts/CopyNames'
import { clock, listed } from '../i18n/dates'
import { say, useT } from '../i18n/i18n'
import { applyAnswer } from '../live/answers'
import { store } from '../live/store'
import { useNow } from '../ui/now'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'

interface Props {
  path: string
  template: LogTemplateView
  begin: string
  pending: number
  remindAt: string | null
  onReminded: () => void
}

export function Missing({ path, template, begin, pending, remindAt, onReminded }: Props) {
  const t = useT()
  const now = useNow()
  const [busy, setBusy] = useState(false)
  const [until, setUntil] = useState(remindAt)
  const key = useRef(newId()) // the same for all tries of one reminder
  const at = until ?? remindAt
  const waits = at !== null && new Date(at) > now

  const remind = async (): Promise<void> => {
    setBusy(true)
    try {
      const { data } = await api.post<{ reminded: number; next_at: string }>(`${path}/remind`, undefined, { key: key.current })
      key.current = newId()
      setUntil(data.next_at)
      toast(t('logs.reminded_count', { count: data.reminded }), { tone: 'good' })
      onReminded()
    } catch (error) {
      const problem = asProblem(error)
      if (!problem.isNetwork) key.current = newId()
      if (problem.problem.until) setUntil(problem.problem.until)
      toast(problemText(error), { tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Group gap="xs" mt="xs" mb="md">
      <Button leftSection={<IconBell size={18} />} loading={busy} disabled={waits} onClick={() => void remind()}>
        {waits && at ? t('logs.remind_after', { time: clock(at) }) : t('logs.remind', { count: pending })}
      </Button>
      <CopyNames line={() => namesOf(path, template, begin)} />
    </Group>
  )
}

/** «Daily log, 20 November, not handed in: Ann, Bob», all pages of it. */
async function namesOf(path: string, template: LogTemplateView, begin: string): Promise<string> {
  const names: string[] = []
  for (const state of ['missing', 'open']) {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer: { data: HandInPanel; seq: number } = await api.get<HandInPanel>(path, { query: { state, cursor } })
      applyAnswer(answer.seq, answer.data.also as Change[])
      names.push(...answer.data.items.map((row) => store.get('person', row.person_id)?.name ?? `#${row.person_id}`))
      cursor = answer.data.next
    }
  }
  return say('logs.missing_names', { log: template.name, period: periodText(template.rhythm, begin), names: listed(names) })
}
