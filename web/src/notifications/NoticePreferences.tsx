// How I want to be told: per kind aloud, quietly or not at all; the hours in which nothing rings; this device's own consent.
import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/client'
import type { Preferences } from '../api/types'
import type { MessageKey } from '../i18n/types'
import { useT } from '../i18n/i18n'
import { Page } from '../ui/Page'
import { ProblemText } from '../ui/ProblemText'
import classes from './NoticePreferences.module.css'

type Wish = Preferences['kinds'][string]
const names: Record<string, MessageKey> = {
  post_mention: 'notices.kind_post_mention',
  message_mention: 'notices.kind_message_mention',
  comment_mention: 'notices.kind_comment_mention',
  comment_reply: 'notices.kind_comment_reply',
  post_comment: 'notices.kind_post_comment',
  reminder: 'notices.kind_reminder',
  access_asked: 'notices.kind_access_asked',
  access_answered: 'notices.kind_access_answered',
  reveals_unusual: 'notices.kind_reveals_unusual',
  receipt_nudge: 'notices.kind_receipt_nudge',
  receipt_reminded: 'notices.kind_receipt_reminded',
  receipt_missing: 'notices.kind_receipt_missing',
  instruction_given: 'notices.kind_instruction_given',
  task_set: 'notices.kind_task_set',
  schedule_moved: 'notices.kind_schedule_moved',
  schedule_cancelled: 'notices.kind_schedule_cancelled',
  log_handed_in: 'notices.kind_log_handed_in',
  log_scored: 'notices.kind_log_scored',
  log_called_for: 'notices.kind_log_called_for',
}
const night = { start: '22:00', end: '08:00' }

export default function NoticePreferences() {
  const t = useT()
  const [, go] = useLocation()
  const queries = useQueryClient()
  const mine = useQuery({
    queryKey: ['preferences'],
    queryFn: async ({ signal }) => (await api.get<Preferences>('/preferences', { signal })).data,
  })
  const choose = useMutation({
    mutationFn: async (wanted: Pick<Preferences, 'kinds' | 'quiet_hours'>) =>
      (await api.put<Preferences>('/preferences', wanted)).data,
    onSuccess: (data) => queries.setQueryData(['preferences'], data),
  })
  const now = choose.isPending && mine.data ? { ...mine.data, ...choose.variables } : mine.data
  return (
    <Page title={t('notices.settings_title')} onBack={() => go('/me')}>
      {mine.error && <ProblemText error={mine.error} />}
      {now && (
        <>
          <section className={classes.card}>
            {Object.entries(now.kinds).map(([kind, wish]) => (
              <div key={kind} className={classes.kind}>
                <span className={classes.name}>{t(names[kind] ?? 'notices.something')}</span>
                <SegmentedControl
                  aria-label={t(names[kind] ?? 'notices.something')}
                  value={wish}
                  onChange={(value) =>
                    choose.mutate({ quiet_hours: now.quiet_hours, kinds: { ...now.kinds, [kind]: value as Wish } })
                  }
                  data={[
                    { value: 'alert', label: t('notices.wish_alert') },
                    { value: 'inbox', label: t('notices.wish_inbox') },
                    ...(now.obligations.includes(kind) ? [] : [{ value: 'off', label: t('notices.wish_off') }]),
                  ]}
                />
              </div>
            ))}
          </section>
          <section className={classes.card}>
            <Switch
              label={t('notices.quiet')}
              description={t('notices.quiet_text')}
              checked={now.quiet_hours !== null}
              onChange={(event) =>
                choose.mutate({ kinds: now.kinds, quiet_hours: event.currentTarget.checked ? night : null })
              }
            />
            {now.quiet_hours && (
              <div className={classes.hours}>
                <TextInput
                  type="time"
                  label={t('notices.quiet_from')}
                  value={now.quiet_hours.start}
                  onChange={(event) =>
                    event.currentTarget.value &&
                    choose.mutate({
                      kinds: now.kinds,
                      quiet_hours: { start: event.currentTarget.value, end: now.quiet_hours?.end ?? night.end },
                    })
                  }
                />
                <TextInput
                  type="time"
                  label={t('notices.quiet_to')}
                  value={now.quiet_hours.end}
                  onChange={(event) =>
                    event.currentTarget.value &&
                    choose.mutate({
                      kinds: now.kinds,
                      quiet_hours: { start: now.quiet_hours?.start ?? night.start, end: event.currentTarget.value },
                    })
                  }
                />
              </div>
            )}
          </section>
          {choose.error && <ProblemText error={choose.error} />}
        </>
      )}
      <ThisDevice />
    </Page>
  )
}

function ThisDevice() {
  const t = useT()
  const [state, setState] = useState(() => (typeof Notification === 'undefined' ? 'none' : Notification.permission))
  if (state === 'none') return null
  return (
    <section className={classes.card}>
      <h2 className={classes.heading}>{t('notices.device')}</h2>
      <p className={classes.text}>{t(`notices.device_${state as NotificationPermission}`)}</p>
      {state === 'default' && (
        <Button variant="light" onClick={() => void Notification.requestPermission().then(setState)}>
          {t('notices.device_allow')}
        </Button>
      )}
    </section>
  )
}
