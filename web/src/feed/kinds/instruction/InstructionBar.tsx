// Below an instruction: until when, what I answered or still have to, and for who asked how many have.
import { Button, Progress } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { Post } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { useMyId } from '../../../live/bootstrap'
import { useEntity } from '../../../live/hooks'
import { DueTime } from '../../receipts/DueTime'
import classes from '../KindBar.module.css'
import { AnswerButtons } from './AnswerButtons'

const AnswersDialog = lazy(() => import('./AnswersDialog'))

export function InstructionBar({ post }: { post: Post }) {
  const t = useT()
  const isMine = useMyId() === post.author_id
  const mine = useEntity('instruction', post.id)
  const tally = useEntity('tally/instruction', post.id)
  const [open, setOpen] = useState(false)
  const due = post.details?.kind === 'instruction' ? post.details.due_at : null
  const waits = mine?.state === 'open' || mine?.state === 'received'
  const { asked = 0, done = 0, received = 0 } = tally ?? {}
  const counts = t('kinds.answers_of', { asked, done, received })
  return (
    <div className={classes.bar} data-instruction={mine?.state ?? (isMine ? 'asked' : 'read')}>
      <div className={classes.words}>
        {waits && <span className={classes.word}>{t(mine.state === 'open' ? 'kinds.to_do_by_you' : 'kinds.answered_received')}</span>}
        {isMine && tally && (
          <>
            <span className={classes.word} aria-live="polite">
              {counts}
            </span>
            <Progress value={asked > 0 ? (done / asked) * 100 : 0} aria-label={counts} size="sm" my={4} />
          </>
        )}
        {due && (
          <span className={classes.facts}>
            <DueTime due={due} waits={waits || (isMine && done < asked)} />
          </span>
        )}
      </div>
      <AnswerButtons post={post.id} />
      <Button variant={isMine ? 'default' : 'subtle'} onClick={() => setOpen(true)}>
        {t('kinds.who_answered')}
      </Button>
      {open && (
        <Suspense>
          <AnswersDialog post={post.id} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
