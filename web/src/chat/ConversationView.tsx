// One open conversation: who, what was said, who is typing, and the composer.
import { ActionIcon, Button } from '@mantine/core'
import { IconArrowLeft, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Conversation, Item } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyItem } from '../live/answers'
import { awayText, useAway } from '../live/away'
import { usePerson } from '../live/directory'
import { useEntity } from '../live/hooks'
import { EmptyState } from '../ui/EmptyState'
import { problemText } from '../ui/ProblemText'
import { Around } from './Around'
import { Composer } from './Composer'
import classes from './ConversationView.module.css'
import { useFace } from './conversations'
import { MessageList, type MessageListHandle } from './MessageList'
import { MuteButton } from './MuteButton'
import { TypingLine } from './TypingLine'

const MembersPanel = lazy(() => import('./MembersPanel'))

/** A link may lead to a conversation that is not on the loaded pages. */
function useFetched(id: number): { known: boolean; error: unknown; retry: () => void } {
  const conversation = useEntity('conversation', id)
  const membership = useEntity('membership', id)
  const known = conversation !== undefined && membership !== undefined
  const fetched = useQuery({
    queryKey: ['conversation', id],
    queryFn: async () => applyItem('conversation', await api.get<Item<Conversation>>(`/conversations/${id}`)),
    enabled: !known,
    retry: false,
  })
  return { known, error: fetched.error, retry: () => void fetched.refetch() }
}

export function ConversationView({ id }: { id: number }) {
  const t = useT()
  const [, go] = useLocation()
  const { known, error, retry } = useFetched(id)
  const face = useFace(id)
  const conversation = useEntity('conversation', id)
  const membership = useEntity('membership', id)
  // A found message: its neighbours instead of the newest.
  const at = Number(new URLSearchParams(useSearch()).get('at')) || null
  const list = useRef<MessageListHandle>(null)
  const [members, setMembers] = useState(false)
  const away = useAway(face?.other)
  const deputy = usePerson(away?.deputy_id)

  if (!known || !face || !conversation || !membership) {
    if (!error) return null
    const gone = asProblem(error).status === 404
    return (
      <EmptyState
        title={problemText(error)}
        action={
          gone ? (
            <Button component={Link} href="/chat">
              {t('chat.to_list')}
            </Button>
          ) : (
            <Button onClick={retry}>{t('ui.try_again')}</Button>
          )
        }
      />
    )
  }
  return (
    <div className={classes.view}>
      <header className={classes.header}>
        <ActionIcon className={classes.back} aria-label={t('ui.back')} onClick={() => go('/chat')}>
          <IconArrowLeft size={22} />
        </ActionIcon>
        <div className={classes.names}>
          <h1 className={classes.name}>{face.name}</h1>
          {away && face.other?.state !== 'left' && (
            <span className={classes.count} data-away>
              {[awayText(away), deputy && t('ui.deputy', { name: deputy.name })].filter(Boolean).join(' · ')}
            </span>
          )}
          {face.other?.state === 'left' && <span className={classes.count}>{t('ui.has_left')}</span>}
          {face.isGroup && <span className={classes.count}>{t('chat.member_count', { count: conversation.member_count })}</span>}
        </div>
        <MuteButton id={id} muted={membership.muted ?? false} />
        {face.isGroup && (
          <ActionIcon aria-label={t('chat.members')} aria-expanded={members} onClick={() => setMembers(true)}>
            <IconUsers size={22} stroke={1.7} />
          </ActionIcon>
        )}
      </header>
      {at ? (
        <Around key={at} id={id} at={at} isGroup={face.isGroup} />
      ) : (
        <>
          <MessageList id={id} isGroup={face.isGroup} handle={list} />
          <TypingLine id={id} />
        </>
      )}
      {at ? null : membership.state === 'removed' ? (
        <p className={classes.removed}>{t('chat.removed')}</p>
      ) : face.other?.state === 'left' ? (
        <p className={classes.removed}>{t('problem.forbidden.left')}</p>
      ) : (
        <Composer id={id} name={face.name} isGroup={face.isGroup} onSent={() => list.current?.toEnd()} />
      )}
      {members && (
        <Suspense>
          <MembersPanel id={id} onClose={() => setMembers(false)} />
        </Suspense>
      )}
    </div>
  )
}
