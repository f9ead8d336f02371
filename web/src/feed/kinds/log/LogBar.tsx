// Below a log: to whom it was handed in, and to them and the writer the scores; each recipient gives their own.
import { ActionIcon } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../../api/client'
import type { Entities, Id, Post } from '../../../api/types'
import { listed } from '../../../i18n/dates'
import { useT } from '../../../i18n/i18n'
import { applyAnswer, putChange } from '../../../live/answers'
import { useMyId } from '../../../live/bootstrap'
import { usePeople, usePerson } from '../../../live/directory'
import { useEntity } from '../../../live/hooks'
import { problemText } from '../../../ui/ProblemText'
import { toast } from '../../../ui/toasts'
import bar from '../KindBar.module.css'
import classes from './Log.module.css'
import { logOf } from './LogBody'

const SCORES = [1, 2, 3, 4, 5] as const

export function LogBar({ post }: { post: Post }) {
  const t = useT()
  const me = useMyId()
  const log = logOf(post)
  const people = usePeople(log?.recipients ?? [])
  const scores = useEntity('log_scores', post.id)?.scores ?? []
  if (!log || log.recipients.length === 0) return null
  const scoring = log.recipients.includes(me)
  return (
    <div className={bar.bar} data-log-bar={scoring ? 'recipient' : 'reader'}>
      <div className={bar.words}>
        <span className={bar.facts}>{t('kinds.log_to', { names: listed(people.map((one) => one.name)) || '…' })}</span>
        {scores
          .filter((one) => one.person_id !== me)
          .map((one) => (
            <Given key={one.person_id} by={one.person_id} score={one.score} />
          ))}
      </div>
      {scoring && <Scoring post={post.id} mine={scores.find((one) => one.person_id === me)?.score ?? 0} />}
    </div>
  )
}

function Given({ by, score }: { by: Id; score: number }) {
  const t = useT()
  const name = usePerson(by)?.name ?? '…'
  return (
    <span className={classes.given} data-score={score}>
      <IconStarFilled size={16} aria-hidden />
      {t('kinds.log_scored', { name, score })}
    </span>
  )
}

function Scoring({ post, mine }: { post: Id; mine: number }) {
  const t = useT()
  const give = useMutation({
    mutationFn: async (score: number) => {
      const answer = await api.put<Entities['log_scores']>(`/posts/${post}/score`, { score })
      applyAnswer(answer.seq, [putChange('log_scores', post, answer.data)])
    },
    onError: (error) => toast(problemText(error), { tone: 'bad' }),
  })
  const shown = give.isPending ? give.variables : mine
  return (
    <span className={classes.stars} role="group" aria-label={t('kinds.log_score')} data-mine={mine}>
      {SCORES.map((score) => {
        const Star = score <= shown ? IconStarFilled : IconStar
        return (
          <ActionIcon
            key={score}
            className={classes.star}
            aria-label={t('kinds.log_give', { score })}
            aria-pressed={score <= shown}
            onClick={() => give.mutate(score)}
          >
            <Star size={22} />
          </ActionIcon>
        )
      })}
    </span>
  )
}
