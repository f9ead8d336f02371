// Field by field: the two values, one of which stays; then what goes along.
import { Radio } from '@mantine/core'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { FieldValue } from '../FieldValue'
import { fieldOf, useKinds, useWords } from '../kinds'
import type { RecordKind } from '../wire'
import classes from './Merging.module.css'
import type { MergePreview, Side } from './wire'

interface Props {
  kind: RecordKind
  preview: MergePreview
  sides: Record<string, Side>
  onChange: (sides: Record<string, Side>) => void
}

const SIDES = ['mine', 'theirs'] as const

export function Compare({ kind, preview, sides, onChange }: Props) {
  const t = useT()
  const words = useWords()
  return (
    <>
      {preview.fields.length === 0 && <p className={classes.note}>{t('merging.same')}</p>}
      {preview.fields.map((one) => {
        const field = fieldOf(kind, one.field)
        if (!field) return null
        return (
          <Radio.Group
            key={one.field}
            label={words(field.words)}
            value={sides[one.field] ?? one.suggested}
            onChange={(side) => onChange({ ...sides, [one.field]: side as Side })}
            data-merge-field={one.field}
          >
            <div className={classes.values}>
              {SIDES.map((side) => (
                <Radio
                  key={side}
                  value={side}
                  data-side={side}
                  classNames={{ root: classes.value!, body: classes.body!, labelWrapper: classes.said!, label: classes.words! }}
                  label={<FieldValue field={field} value={one[side]} plain />}
                />
              ))}
            </div>
          </Radio.Group>
        )
      })}
      <Along kind={kind} preview={preview} />
    </>
  )
}

function Along({ kind, preview }: Omit<Props, 'sides' | 'onChange'>) {
  const t = useT()
  const words = useWords()
  const kinds = useKinds().data ?? []
  const owner = usePerson(preview.mine.owner)
  const former = usePerson(preview.theirs.owner)
  const said = preview.moves.map((one) => {
    if (one.what !== 'record') return t(`merging.moves_${one.what}`, { count: one.count })
    const of = kinds.find((each) => each.kind === one.kind) ?? kind
    return t('merging.moves_record', { kind: words(of.plural), count: one.count })
  })
  return (
    <div className={classes.along}>
      {said.length > 0 && (
        <p className={classes.note}>
          {t('merging.along')} {said.join(' · ')}
        </p>
      )}
      {owner && former && owner.id !== former.id && <p className={classes.note}>{t('merging.owners', { owner: owner.name, former: former.name })}</p>}
      <p className={classes.note}>{t('merging.unseen')}</p>
      <p className={classes.note}>{t('merging.undo_text')}</p>
    </div>
  )
}
