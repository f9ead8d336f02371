// A vote beside the text of a post: what can be chosen, how, openly or not, until when (FEED-08, 09).
import { ActionIcon, Button, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import type { FieldProblem } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { DueField } from '../share/DueField'
import classes from '../share/Field.module.css'
import { FieldError } from '../share/FieldError'
import { FEWEST, MOST, MOST_TEXT, type PollForm } from './form'
import own from './Poll.module.css'

interface Props {
  value: PollForm
  onChange: (value: PollForm) => void
  /** Null: it stands already, and cannot be taken away. */
  onRemove: (() => void) | null
  error: FieldProblem | undefined
}

export default function PollField({ value, onChange, onRemove, error }: Props) {
  const t = useT()
  const list = useRef<HTMLDivElement>(null)
  const { options } = value
  const put = (next: string[]): void => onChange({ ...value, options: next })
  const add = (): void => {
    if (options.length >= MOST) return
    put([...options, ''])
    // It is there once the form has been drawn anew.
    setTimeout(() => [...(list.current?.querySelectorAll('input') ?? [])].at(-1)?.focus(), 0)
  }
  const about = (field: string): FieldProblem | undefined => (error?.field.startsWith(field) ? error : undefined)
  return (
    <fieldset className={`${classes.field} ${own.editor}`} data-field="poll">
      <legend className="tf-hidden">{t('poll.vote')}</legend>
      <div className={own.title}>
        <span className={classes.label}>{t('poll.vote')}</span>
        {onRemove && (
          <ActionIcon aria-label={t('poll.remove')} onClick={onRemove}>
            <IconX size={20} />
          </ActionIcon>
        )}
      </div>
      <div className={own.lines} ref={list}>
        {options.map((option, at) => (
          <div key={at} className={own.line}>
            <TextInput
              aria-label={t('poll.option_n', { number: at + 1 })}
              placeholder={t('poll.option_n', { number: at + 1 })}
              value={option}
              maxLength={MOST_TEXT}
              enterKeyHint="next"
              onChange={(event) => put(options.with(at, event.currentTarget.value))}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
                event.preventDefault()
                if (at === options.length - 1) add()
                else list.current?.querySelectorAll('input')[at + 1]?.focus()
              }}
            />
            {options.length > FEWEST && (
              <ActionIcon aria-label={t('poll.option_remove', { number: at + 1 })} onClick={() => put(options.toSpliced(at, 1))}>
                <IconX size={18} />
              </ActionIcon>
            )}
          </div>
        ))}
      </div>
      <FieldError problem={about('poll.options') ?? (error?.field === 'poll' ? error : undefined)} />
      {options.length < MOST && (
        <Button variant="subtle" className={own.add} leftSection={<IconPlus size={18} />} onClick={add}>
          {t('poll.option_add')}
        </Button>
      )}
      <Switch
        label={t('poll.several')}
        checked={value.several}
        onChange={(event) => onChange({ ...value, several: event.currentTarget.checked })}
      />
      <Switch
        label={t('poll.anonymous')}
        description={t(onRemove ? 'poll.anonymous_explained' : 'poll.anonymous_fixed')}
        checked={value.anonymous}
        disabled={!onRemove}
        onChange={(event) => onChange({ ...value, anonymous: event.currentTarget.checked })}
      />
      <DueField label={t('poll.until')} value={value} onChange={onChange} error={about('poll.closes_at')} />
    </fieldset>
  )
}
