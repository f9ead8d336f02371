// Something like it is there: not the same, and why; or the same, and then to what is there (W15). What is hard is only told.
import { Button, Group, Radio, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { addressOfRecord, fieldOf, useWords } from '../kinds'
import { oneLine } from '../values'
import type { RecordKind } from '../wire'
import classes from './Duplicates.module.css'
import { LikeLine } from './LikeLine'
import { answersFor, distinct } from './likes'
import type { Answer, Like } from './wire'

const MOST_REASON = 200

interface Props {
  kind: RecordKind
  likes: readonly Like[]
  onKeep: (answers: Answer[]) => void
  onClose: () => void
}

export function DuplicateDialog({ kind, likes, onKeep, onClose }: Props) {
  const t = useT()
  const words = useWords()
  const hard = likes.filter((one) => one.strength === 'hard')
  const shown = hard.length > 0 ? hard : likes
  const [verdict, setVerdict] = useState<Answer['verdict']>('different')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const names = [...new Set(shown.map((one) => one.field))].map((name) => {
    const field = fieldOf(kind, name)
    return field ? words(field.words) : name
  })
  const open = shown.find((one) => one.record)?.record
  const said = oneLine(reason)
  const keep = (): void => {
    setTried(true)
    if (said) onKeep(answersFor(likes, verdict, said))
  }
  return (
    <Dialog title={t(hard.length > 0 ? 'duplicates.taken_title' : 'duplicates.title')} onClose={onClose} above>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          keep()
        }}
      >
        <p className={classes.note}>{t(hard.length > 0 ? 'duplicates.taken_text' : 'duplicates.text', { fields: names.join(t('duplicates.and')) })}</p>
        <div className={classes.found}>
          {distinct(shown).map((one, at) => (
            <LikeLine key={one.record?.id ?? `closed ${at}`} like={one} />
          ))}
        </div>
        {hard.length === 0 && (
          <>
            <Radio.Group value={verdict} onChange={(value) => setVerdict(value as Answer['verdict'])} aria-label={t('duplicates.which')}>
              <div className={classes.choices}>
                <Radio value="different" label={t('duplicates.different')} description={t('duplicates.different_text')} />
                <Radio value="same" label={t('duplicates.same')} description={t(open ? 'duplicates.same_text' : 'duplicates.same_closed')} />
              </div>
            </Radio.Group>
            <Textarea
              label={t('crm.reason')}
              description={t('duplicates.reason_text')}
              autosize
              minRows={2}
              maxLength={MOST_REASON}
              value={reason}
              error={isTried && !said ? t('duplicates.reason_needed') : undefined}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </>
        )}
        <Group justify="flex-end" gap="xs" className={classes.foot}>
          <Button variant="default" onClick={onClose}>
            {t('duplicates.back')}
          </Button>
          {hard.length === 0 && (
            <Button type="submit" variant={verdict === 'same' && open ? 'default' : 'filled'}>
              {t(verdict === 'same' ? 'duplicates.keep_same' : 'duplicates.keep')}
            </Button>
          )}
          {open && (verdict === 'same' || hard.length > 0) && (
            <Button component={Link} href={addressOfRecord(open.kind, open.id)} onClick={onClose}>
              {t('duplicates.open')}
            </Button>
          )}
        </Group>
      </form>
    </Dialog>
  )
}
