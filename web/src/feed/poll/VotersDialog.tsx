// Who chose what, of a named vote: one option after the other, each opened when it is pressed.
import { Button, Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client'
import type { PollView, VoterRow } from '../../api/generated'
import type { Id, List, Post } from '../../api/types'
import { number } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { usePerson } from '../../live/directory'
import { useEntity } from '../../live/hooks'
import { showPerson } from '../../people/shown'
import { Avatar } from '../../ui/Avatar'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import classes from './Poll.module.css'

interface Props {
  post: Post
  poll: PollView
  onClose: () => void
}

export default function VotersDialog({ post, poll, onClose }: Props) {
  const t = useT()
  const { votes = [] } = useEntity('tally/poll', post.id) ?? {}
  const [shown, setShown] = useState(() => Math.max(0, votes.indexOf(Math.max(...votes))))
  return (
    <Dialog title={t('poll.who')} onClose={onClose} size={480} tall>
      {poll.options.map((option, place) => (
        <section key={place} className={classes.group} data-voters={place}>
          <h3 className={classes.heading}>
            <button type="button" className={classes.opener} aria-expanded={shown === place} onClick={() => setShown(shown === place ? -1 : place)}>
              <span>{option}</span>
              <span className={classes.count}>{number(votes[place] ?? 0)}</span>
            </button>
          </h3>
          {shown === place && <Voters post={post.id} place={place} count={votes[place] ?? 0} onChoose={onClose} />}
        </section>
      ))}
    </Dialog>
  )
}

interface VotersProps {
  post: Id
  place: number
  count: number
  onChoose: () => void
}

function Voters({ post, place, count, onChoose }: VotersProps) {
  const t = useT()
  const found = useInfiniteQuery({
    // Asked anew when the count moves.
    queryKey: ['voters', post, place, count],
    queryFn: async ({ pageParam, signal }) => {
      const query = { option: place, cursor: pageParam || undefined, limit: 50 }
      const answer = await api.get<List<VoterRow>>(`/posts/${post}/voters`, { query, signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const rows = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <ProblemText error={found.error} />
      {found.isPending && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
      {found.isSuccess && rows.length === 0 && <p className={classes.facts}>{t('poll.nobody')}</p>}
      <ul className={classes.people} role="list">
        {rows.map((row) => (
          <Voter key={row.person_id} id={row.person_id} onChoose={onChoose} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" mb="sm" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('ui.more')}
        </Button>
      )}
    </>
  )
}

function Voter({ id, onChoose }: { id: Id; onChoose: () => void }) {
  const name = usePerson(id)?.name ?? '…'
  return (
    <li>
      <button
        type="button"
        className={classes.person}
        data-person={id}
        onClick={() => {
          onChoose()
          showPerson(id)
        }}
      >
        <Avatar id={id} name={name} size={32} />
        {name}
      </button>
    </li>
  )
}
