// An answer with a word to who invited, or another answer than before.
import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Id } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { useEntity } from '../../../live/hooks'
import { Dialog } from '../../../ui/Dialog'
import { ProblemText } from '../../../ui/ProblemText'
import { useAct } from '../../../ui/useAct'
import { type Answer, ANSWERS, answerInvitation, scheduleOf } from './acts'
import classes from './Fields.module.css'
import { whenText } from './words'

const MOST_WORD = 200

export default function AnswerDialog({ post: id, onClose }: { post: Id; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const details = scheduleOf(useEntity('post', id))
  const mine = useEntity('invitation', id)
  const [answer, setAnswer] = useState<Answer>(mine?.answer || 'accepted')
  const [word, setWord] = useState(mine?.word ?? '')
  if (!details) return null
  const save = async (): Promise<void> => {
    if (await act.run(() => answerInvitation(id, details.sequence, answer, word))) onClose()
  }
  return (
    <Dialog title={t('schedule.answer')} onClose={onClose}>
      <div className={classes.stack}>
        <p className={classes.note}>{whenText(details)}</p>
        <SegmentedControl
          fullWidth
          aria-label={t('schedule.answer')}
          value={answer}
          onChange={(value) => setAnswer(value as Answer)}
          data={ANSWERS.map((value) => ({ value, label: t(`kinds.give_${value}`) }))}
        />
        <TextInput
          label={t('schedule.word')}
          description={t('schedule.word_explained')}
          maxLength={MOST_WORD}
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
          error={act.of('word')}
        />
        <ProblemText error={act.rest(['word'])} />
        <Group justify="flex-end">
          <Button onClick={() => void save()} loading={act.busy}>
            {t('schedule.send_answer')}
          </Button>
        </Group>
      </div>
    </Dialog>
  )
}
