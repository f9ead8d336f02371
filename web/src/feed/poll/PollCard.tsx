// The vote of a post: what can be chosen, how many chose it so far, what I chose. Chosen first, then sent: a thumb that slips votes for nothing.
import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../api/client'
import type { PollView, Voted, VoteView } from '../../api/generated'
import type { Post } from '../../api/types'
import { number, relativeTime } from '../../i18n/dates'
import { say, useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { useNow } from '../../ui/now'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { hasEnded, percent } from './counts'
import classes from './Poll.module.css'

const ClosePoll = lazy(() => import('./ClosePoll'))
const VotersDialog = lazy(() => import('./VotersDialog'))

/** What I chose: null, I have not voted; empty, I have, and what is not kept. */
function useMyVote(post: Post, poll: PollView, ended: boolean): readonly number[] | null {
  const vote = useEntity('vote', post.id)
  const isHeld = poll.anonymous && vote !== undefined && vote.chosen === null
  // Of an anonymous vote the choice comes only when it is asked for, to nobody else, and only while it goes on.
  const kept = useQuery({
    queryKey: ['my-vote', post.id],
    enabled: isHeld && !ended,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await api.get<VoteView>(`/posts/${post.id}/vote`, { signal })).data.chosen,
  })
  if (!vote) return null
  return vote.chosen ?? (ended ? [] : (kept.data ?? []))
}

export default function PollCard({ post, poll }: { post: Post; poll: PollView }) {
  const t = useT()
  const isMine = useMyId() === post.author_id
  const ended = hasEnded(poll, useNow())
  const { voters = 0, votes = [] } = useEntity('tally/poll', post.id) ?? {}
  const mine = useMyVote(post, poll, ended)
  const [picked, setPicked] = useState<readonly number[] | null>(null)
  const [open, setOpen] = useState<'voters' | 'close' | null>(null)
  const act = useAct()
  const client = useQueryClient()
  const chosen = picked ?? mine ?? []
  const differs = picked !== null && picked.length > 0 && picked.join() !== (mine ?? []).join()
  const pick = (place: number): void => {
    if (!poll.several) setPicked([place])
    else setPicked(chosen.includes(place) ? chosen.filter((one) => one !== place) : [...chosen, place].sort((a, b) => a - b))
  }
  const send = (): void => {
    void act.run(async () => {
      const answer = await api.put<Voted>(`/posts/${post.id}/vote`, { version: post.version, chosen })
      const { vote, tally } = answer.data
      client.setQueryData(['my-vote', post.id], vote.chosen)
      applyAnswer(answer.seq, [putChange('tally/poll', post.id, tally), putChange('vote', post.id, vote)])
      setPicked(null)
      toast(say(mine ? 'poll.changed' : 'poll.given'), { tone: 'good' })
    })
  }
  const facts = [
    t(poll.several ? 'poll.multiple' : 'poll.single'),
    t(poll.anonymous ? 'poll.is_anonymous' : 'poll.is_named'),
    t('poll.voters', { count: voters }),
  ]
  return (
    <section className={classes.poll} data-poll={ended ? 'ended' : mine ? 'voted' : 'open'} aria-label={t('poll.vote')}>
      <p className={classes.facts}>
        {facts.join(' · ')}
        {ended ? <b> · {t('poll.ended')}</b> : poll.closes_at && ` · ${t('poll.closes', { time: relativeTime(poll.closes_at) })}`}
      </p>
      <ul className={classes.options} role="list">
        {poll.options.map((option, place) => {
          const share = percent(votes[place] ?? 0, voters)
          const isChosen = (ended ? (mine ?? []) : chosen).includes(place)
          const isGiven = mine?.includes(place) === true
          return (
            <li key={place} data-option={place} data-chosen={isChosen || undefined} className={classes.option}>
              <label className={classes.press} data-still={ended || undefined}>
                {!ended && (
                  <input
                    type={poll.several ? 'checkbox' : 'radio'}
                    name={`poll-${post.id}`}
                    className={classes.input}
                    checked={isChosen}
                    disabled={act.busy}
                    onChange={() => pick(place)}
                  />
                )}
                <span className={classes.fill} style={{ width: `${share}%` }} aria-hidden />
                <span className={classes.text}>
                  {option}
                  {isGiven && (
                    <span className={classes.mine}>
                      <IconCheck size={14} aria-hidden />
                      {t('poll.you_chose')}
                    </span>
                  )}
                </span>
                <span className={classes.count}>
                  <span className="tf-hidden">{t('poll.votes', { count: votes[place] ?? 0 })}</span>
                  <span aria-hidden>
                    {number(votes[place] ?? 0)} · {share}%
                  </span>
                </span>
              </label>
            </li>
          )
        })}
      </ul>
      {mine?.length === 0 && ended && <p className={classes.facts}>{t('poll.not_kept')}</p>}
      <ProblemText error={act.error} />
      <div className={classes.acts}>
        {!ended && (mine === null || differs || act.busy) && (
          <Button onClick={send} loading={act.busy} disabled={!differs}>
            {t(mine ? 'poll.change' : 'poll.give')}
          </Button>
        )}
        {!poll.anonymous && voters > 0 && (
          <Button variant="default" onClick={() => setOpen('voters')}>
            {t('poll.who')}
          </Button>
        )}
        {isMine && !ended && (
          <Button variant="subtle" onClick={() => setOpen('close')}>
            {t('poll.close')}
          </Button>
        )}
      </div>
      <Suspense>
        {open === 'voters' && <VotersDialog post={post} poll={poll} onClose={() => setOpen(null)} />}
        {open === 'close' && <ClosePoll post={post.id} anonymous={poll.anonymous} onClose={() => setOpen(null)} />}
      </Suspense>
    </section>
  )
}
