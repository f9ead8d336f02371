// What the list is narrowed to, as chips that are pressed to change and let go; the usual fields are offered, the others behind one more.
import { Button } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import chips from '../../feed/filter/FilterBar.module.css'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { fieldOf, fieldsOf, useWords } from '../kinds'
import type { Condition, Field, RecordKind } from '../wire'
import { byField, MOST_CONDITIONS, replaced, sortsOf } from './conditions'
import { ConditionDialog } from './ConditionDialog'
import classes from './List.module.css'
import { useConditionText } from './words'

interface Props {
  kind: RecordKind
  conditions: readonly Condition[]
  sort: string
  isChanged: boolean
  onFilter: (filter: Condition[]) => void
  onSort: (sort: string) => void
  onReset: () => void
}

export function FilterBar({ kind, conditions, sort, isChanged, onFilter, onSort, onReset }: Props) {
  const t = useT()
  const words = useWords()
  const [editing, setEditing] = useState<Field | 'which' | null>(null)
  const set = byField(conditions)
  const offered = fieldsOf(kind, kind.filters).filter((one) => one.can_filter && !set.some(([name]) => name === one.name))
  const others = kind.fields.filter((one) => one.can_filter && one.operators.length > 0 && !set.some(([name]) => name === one.name))
  const isFull = conditions.length >= MOST_CONDITIONS
  const change = (field: Field, by: readonly Condition[]): void => onFilter(replaced(conditions, field.name, by))
  return (
    <div className={classes.bar} role="group" aria-label={t('crm.filter')}>
      <select className={classes.sort} aria-label={t('crm.sort')} value={sort} onChange={(event) => onSort(event.currentTarget.value)}>
        {sortsOf(kind).map(({ field, name, down }) => (
          <option key={name} value={name}>
            {words(field.words)} {down ? '↓' : '↑'}
          </option>
        ))}
      </select>
      {set.map(([name, some]) => {
        const field = fieldOf(kind, name)
        return field && <SetChip key={name} field={field} conditions={some} onChange={() => setEditing(field)} onRemove={() => change(field, [])} />
      })}
      {!isFull &&
        offered.map((field) => (
          <button key={field.name} type="button" className={chips.chip} data-filter={field.name} aria-haspopup="dialog" onClick={() => setEditing(field)}>
            {words(field.words)}
          </button>
        ))}
      {!isFull && others.length > offered.length && (
        <button type="button" className={chips.chip} aria-haspopup="dialog" onClick={() => setEditing('which')}>
          <IconFilter size={16} aria-hidden />
          {t('crm.more_filters')}
        </button>
      )}
      {isChanged && (
        <Button variant="subtle" size="compact-md" className={classes.reset} onClick={onReset}>
          {t('crm.reset')}
        </Button>
      )}
      {editing === 'which' && <WhichField fields={others} onChoose={setEditing} onClose={() => setEditing(null)} />}
      {editing && editing !== 'which' && (
        <ConditionDialog
          key={editing.name}
          field={editing}
          conditions={conditions.filter(([name]) => name === editing.name)}
          onSet={(by) => {
            change(editing, by)
            setEditing(null)
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  )
}

interface SetProps {
  field: Field
  conditions: readonly Condition[]
  onChange: () => void
  onRemove: () => void
}

function SetChip({ field, conditions, onChange, onRemove }: SetProps) {
  const t = useT()
  const name = useWords()(field.words)
  const text = useConditionText(field, conditions)
  return (
    <span className={`${chips.chip} ${classes.set}`} data-on data-set={field.name}>
      <button type="button" className={classes.change} aria-haspopup="dialog" onClick={onChange}>
        {t('crm.condition', { name, text })}
      </button>
      <button type="button" className={classes.off} aria-label={t('crm.condition_off', { name })} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </button>
    </span>
  )
}

function WhichField({ fields, onChoose, onClose }: { fields: readonly Field[]; onChoose: (field: Field) => void; onClose: () => void }) {
  const t = useT()
  const words = useWords()
  return (
    <Dialog title={t('crm.more_filters')} onClose={onClose} tall>
      <ul className={classes.fields}>
        {fields.map((field) => (
          <li key={field.name}>
            <button type="button" className={classes.field} data-filter={field.name} onClick={() => onChoose(field)}>
              {words(field.words)}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
