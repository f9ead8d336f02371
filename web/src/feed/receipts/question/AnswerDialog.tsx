// «Received», with the answer that is asked for. What was pressed is sent by the outbox like every receipt; a file is taken along
// when it is on the server.
import { Button, Checkbox, Radio, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { Post, Question } from '../../../api/types'
import { AttachButton } from '../../../files/AttachButton'
import { uploads } from '../../../files/uploads'
import { UploadTray } from '../../../files/UploadTray'
import { useUploads } from '../../../files/useUploads'
import { useT } from '../../../i18n/i18n'
import { outbox } from '../../../live/outbox'
import { Dialog } from '../../../ui/Dialog'
import { answerOf, type Filled } from './form'
import classes from './Question.module.css'

interface Props {
  post: Post
  question: Question
  onClose: () => void
}

export default function AnswerDialog({ post, question, onClose }: Props) {
  const t = useT()
  const place = `answer.${post.id}`
  const files = useUploads(place)
  const [filled, setFilled] = useState<Filled>({ chosen: [], typed: '' })
  const answer = answerOf(question, filled)
  const isReady = question.type === 'file' ? files.list.length === 1 && files.list[0]?.state !== 'failed' : answer !== null
  const give = (): void => {
    if (!isReady) return
    const taken = question.type === 'file' ? uploads.take(place) : []
    outbox.add({ kind: 'receipt', post: post.id, version: post.version, answer, uploads: taken })
    onClose()
  }
  return (
    <Dialog title={t('feed.answer_title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          give()
        }}
      >
        <p className={classes.asked}>{question.text}</p>
        {question.type === 'choice' && (
          <Options question={question} chosen={filled.chosen} onChange={(chosen) => setFilled({ ...filled, chosen })} />
        )}
        {question.type === 'number' && (
          <TextInput
            aria-label={question.text}
            inputMode="decimal"
            rightSection={question.unit ? <span className={classes.count}>{question.unit}</span> : null}
            rightSectionWidth={question.unit ? 20 + question.unit.length * 14 : 0}
            error={filled.typed !== '' && !answer ? t('feed.answer_no_number') : null}
            value={filled.typed}
            onChange={(event) => setFilled({ ...filled, typed: event.currentTarget.value })}
            data-autofocus
          />
        )}
        {question.type === 'file' && (
          <div className={classes.file} {...files.taking}>
            <UploadTray list={files.list} />
            {files.list.length === 0 && (
              <AttachButton onChoose={(chosen) => files.add(chosen.slice(0, 1))} words={t('feed.answer_choose_file')} single />
            )}
          </div>
        )}
        <Button type="submit" fullWidth className={classes.acts} disabled={!isReady} leftSection={<IconCheck size={20} />}>
          {t('feed.received')}
        </Button>
      </form>
    </Dialog>
  )
}

interface OptionsProps {
  question: Extract<Question, { type: 'choice' }>
  chosen: readonly number[]
  onChange: (chosen: number[]) => void
}

function Options({ question, chosen, onChange }: OptionsProps) {
  if (!question.several) {
    return (
      <Radio.Group aria-label={question.text} value={String(chosen[0] ?? '')} onChange={(value) => onChange([Number(value)])}>
        <div className={classes.options}>
          {question.choices.map((choice, at) => (
            <Radio key={choice} value={String(at)} label={choice} className={classes.option} />
          ))}
        </div>
      </Radio.Group>
    )
  }
  return (
    <div className={classes.options} role="group" aria-label={question.text}>
      {question.choices.map((choice, at) => (
        <Checkbox
          key={choice}
          label={choice}
          className={classes.option}
          checked={chosen.includes(at)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, at] : chosen.filter((one) => one !== at))}
        />
      ))}
    </div>
  )
}
