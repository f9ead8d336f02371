// A small question beside «received» (N7): one of several choices, a number, or a file.
import { ActionIcon, Button, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { FieldProblem } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import classes from '../../share/Field.module.css'
import { FieldError } from '../../share/FieldError'
import { emptyQuestion, type Kind, kinds, MOST_CHOICES, type QuestionForm } from './form'
import own from './Question.module.css'

interface Props {
  value: QuestionForm | null
  onChange: (value: QuestionForm | null) => void
  error: FieldProblem | undefined
}

export function QuestionField({ value, onChange, error }: Props) {
  const t = useT()
  return (
    <div className={classes.field} data-field="question">
      <Switch
        label={t('feed.ask_question')}
        description={t('feed.ask_question_explained')}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? emptyQuestion : null)}
      />
      {value && (
        <div className={classes.inner}>
          <SegmentedControl
            aria-label={t('feed.question_kind')}
            value={value.kind}
            onChange={(kind) => onChange({ ...value, kind: kind as Kind })}
            data={kinds.map((kind) => ({ value: kind, label: t(`feed.question_${kind}`) }))}
          />
          <TextInput
            label={t('feed.question_text')}
            placeholder={t(`feed.question_${value.kind}_placeholder`)}
            value={value.text}
            maxLength={200}
            onChange={(event) => onChange({ ...value, text: event.currentTarget.value })}
          />
          {value.kind === 'choice' && <Choices value={value} onChange={onChange} />}
          {value.kind === 'number' && (
            <TextInput
              label={t('feed.question_unit')}
              placeholder={t('feed.question_unit_placeholder')}
              value={value.unit}
              maxLength={20}
              onChange={(event) => onChange({ ...value, unit: event.currentTarget.value })}
            />
          )}
          <FieldError problem={error} />
        </div>
      )}
    </div>
  )
}

function Choices({ value, onChange }: { value: QuestionForm; onChange: (value: QuestionForm) => void }) {
  const t = useT()
  const put = (choices: string[]): void => onChange({ ...value, choices })
  return (
    <>
      {value.choices.map((choice, at) => (
        <div key={at} className={own.choice}>
          <TextInput
            aria-label={t('feed.question_choice_n', { number: at + 1 })}
            placeholder={t('feed.question_choice_n', { number: at + 1 })}
            value={choice}
            maxLength={100}
            onChange={(event) => put(value.choices.with(at, event.currentTarget.value))}
          />
          {value.choices.length > 2 && (
            <ActionIcon aria-label={t('feed.question_choice_remove', { number: at + 1 })} onClick={() => put(value.choices.toSpliced(at, 1))}>
              <IconX size={18} />
            </ActionIcon>
          )}
        </div>
      ))}
      {value.choices.length < MOST_CHOICES && (
        <Button variant="subtle" leftSection={<IconPlus size={18} />} onClick={() => put([...value.choices, ''])}>
          {t('feed.question_choice_add')}
        </Button>
      )}
      <Switch
        label={t('feed.question_several')}
        checked={value.several}
        onChange={(event) => onChange({ ...value, several: event.currentTarget.checked })}
      />
    </>
  )
}
