// Reminders that are still to come, mine and those made for me; whoever made one can take it back.
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../api/client'
import type { CardView } from '../api/generated'
import type { List, Reminder } from '../api/types'
import { exactTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { applyList } from '../live/answers'
import { useMyId } from '../live/bootstrap'
import { useSelector } from '../live/hooks'
import { type Store, store } from '../live/store'
import { plainLine } from '../ui/plain'
import { problemText } from '../ui/ProblemText'
import { TodoLink, TodoSection } from '../ui/TodoSection'
import classes from '../ui/TodoSection.module.css'
import { toast } from '../ui/toasts'
import { placeOf } from './places'

export function ComingReminders() {
  const t = useT()
  useQuery({
    queryKey: ['reminders', store.generation],
    queryFn: async ({ signal }) => applyList('reminder', await api.get<List<Reminder>>('/reminders', { signal })),
  })
  const coming = useSelector(
    ['reminder'],
    useCallback(
      (from: Store) =>
        from
          .all('reminder')
          .filter((one) => one.state === 'waiting')
          .sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
      [],
    ),
  )
  const refs = coming.map(({ about }) => about)
  const cards = useQuery({
    queryKey: ['cards', JSON.stringify(refs)],
    queryFn: async ({ signal }) => (await api.post<List<CardView>>('/cards', { refs }, { signal })).data.items,
    enabled: refs.length > 0,
  })
  if (coming.length === 0) return null
  return (
    <TodoSection name={t('notices.coming')} count={0}>
      {coming.map((reminder, index) => (
        <Row key={reminder.id} reminder={reminder} title={reminder.note || (cards.data?.[index]?.title ?? '')} />
      ))}
    </TodoSection>
  )
}

function Row({ reminder, title }: { reminder: Reminder; title: string }) {
  const t = useT()
  const me = useMyId()
  const cancel = useMutation({
    mutationFn: () => api.delete(`/reminders/${reminder.id}`),
    onError: (error) => toast(problemText(error), { tone: 'bad' }),
  })
  return (
    <li className={classes.row} data-reminder={reminder.id}>
      <TodoLink href={placeOf(reminder.about)} title={plainLine(title) || t('notices.no_title')}>
        {exactTime(reminder.at)}
      </TodoLink>
      {reminder.made_by === me && (
        <ActionIcon aria-label={t('notices.cancel')} loading={cancel.isPending} onClick={() => cancel.mutate()}>
          <IconX size={18} />
        </ActionIcon>
      )}
    </li>
  )
}
