// What the registry says of a company, and field by field the offer to fill it in: what was typed stays unless it is ticked.
import { Button, Checkbox, Group } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useLanguage, useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { DuplicateDialog } from '../duplicates/DuplicateDialog'
import { likesIn } from '../duplicates/likes'
import type { Answer, Likes } from '../duplicates/wire'
import { FieldValue } from '../FieldValue'
import { useWords } from '../kinds'
import { addressText, isAddress } from '../values'
import type { RecordKind, Value } from '../wire'
import { firstTicked, offersOf } from './fill'
import classes from './Registry.module.css'
import type { Registration } from './wire'

const PARTS = ['name', 'credit_code', 'status', 'legal_form', 'legal_representative', 'capital', 'founded', 'phone', 'email', 'website', 'address', 'former_names'] as const

interface Props {
  kind: RecordKind
  told: Registration
  values: Readonly<Record<string, Value>>
  /** Nothing is offered where one may not write. */
  onFill?: (values: Record<string, Value>, answers?: Answer[]) => Promise<unknown>
  onClose: () => void
  about?: ReactNode
  acts?: ReactNode
  above?: boolean
}

export function RegistrationDialog({ kind, told, values, onFill, onClose, about, acts, above = false }: Props) {
  const t = useT()
  const words = useWords()
  const language = useLanguage()
  const act = useAct()
  const offers = onFill ? offersOf(kind, told, values) : []
  const [ticked, setTicked] = useState<readonly string[]>(() => firstTicked(offers))
  const chosen = offers.filter((one) => ticked.includes(one.field.name))
  const text = (part: (typeof PARTS)[number]): string => {
    const value = told[part]
    if (isAddress(value as Value)) return addressText(value as never, language)
    return typeof value === 'string' ? value : ''
  }
  const [likes, setLikes] = useState<Likes | null>(null)
  const fill = async (answers?: Answer[]): Promise<void> => {
    const done = await act.run(async () => {
      try {
        await onFill?.(Object.fromEntries(chosen.map((one) => [one.field.name, one.told])), answers)
      } catch (error) {
        setLikes(likesIn(error))
        throw error
      }
    })
    if (done) onClose()
  }
  return (
    <>
      <Dialog title={t('registry.title')} onClose={onClose} tall above={above}>
        <form
          className={classes.dialog}
          data-registration={told.ref}
          onSubmit={(event) => {
            event.preventDefault()
            // It may stand above a form of its own.
            event.stopPropagation()
            void fill()
          }}
        >
          <dl className={classes.facts}>
            {PARTS.filter((part) => text(part) !== '').map((part) => (
              <div key={part} className={classes.fact}>
                <dt>{t(`registry.part_${part}`)}</dt>
                <dd>{text(part)}</dd>
              </div>
            ))}
          </dl>
          {/^https:\/\//.test(told.source ?? '') && (
            <a className={classes.source} href={told.source} target="_blank" rel="noopener noreferrer nofollow">
              {t('registry.source')}
            </a>
          )}
          {about && <p className={classes.note}>{about}</p>}
          {offers.length > 0 && (
            <fieldset className={classes.offers}>
              <legend className={classes.legend}>{t('registry.fill_title')}</legend>
              {offers.map(({ field, now, told: value, isEmpty }) => (
                <Checkbox
                  key={field.name}
                  data-offer={field.name}
                  checked={ticked.includes(field.name)}
                  onChange={(event) => {
                    const on = event.currentTarget.checked
                    setTicked((before) => (on ? [...before, field.name] : before.filter((one) => one !== field.name)))
                  }}
                  label={words(field.words)}
                  description={
                    <>
                      {!isEmpty && (
                        <span className={classes.old}>
                          {t('registry.now')} <FieldValue field={field} value={now} plain />
                          {' → '}
                        </span>
                      )}
                      <FieldValue field={field} value={value} plain />
                    </>
                  }
                />
              ))}
            </fieldset>
          )}
          <ProblemText error={act.error} />
          <Group justify="flex-end" gap="xs">
            {acts}
            {offers.length > 0 && (
              <Button type="submit" loading={act.busy} disabled={chosen.length === 0}>
                {t('registry.fill', { count: chosen.length })}
              </Button>
            )}
          </Group>
        </form>
      </Dialog>
      {likes && (
        <DuplicateDialog
          kind={kind}
          likes={likes.items}
          onClose={() => setLikes(null)}
          onKeep={(answers) => {
            setLikes(null)
            void fill(answers)
          }}
        />
      )}
    </>
  )
}
