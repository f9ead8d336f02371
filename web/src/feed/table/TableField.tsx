// A prepared table beside the text of a post: its rows, and whether readers fill in theirs too (FEED-10).
import { ActionIcon, Button, Switch } from '@mantine/core'
import { IconArrowDown, IconPencil, IconPlus, IconTrash, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { FieldProblem } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { MenuButton } from '../../ui/MenuButton'
import classes from '../share/Field.module.css'
import { FieldError } from '../share/FieldError'
import { MOST_ROWS, type TableForm } from './form'
import { RowDialog } from './RowDialog'
import own from './Table.module.css'
import { TableGrid } from './TableGrid'

interface Props {
  value: TableForm
  onChange: (value: TableForm) => void
  onRemove: () => void
  error: FieldProblem | undefined
}

export default function TableField({ value, onChange, onRemove, error }: Props) {
  const t = useT()
  const [editing, setEditing] = useState<number | 'new' | null>(null)
  const { rows, columns } = value
  const put = (next: TableForm['rows']): void => onChange({ ...value, rows: next })
  return (
    <fieldset className={`${classes.field} ${own.editor}`} data-field="table">
      <legend className="tf-hidden">{value.name}</legend>
      <div className={own.title}>
        <span className={classes.label}>{value.name}</span>
        <ActionIcon aria-label={t('table.remove')} onClick={onRemove}>
          <IconX size={20} />
        </ActionIcon>
      </div>
      {value.note && <p className={classes.note}>{value.note}</p>}
      <TableGrid
        name={value.name}
        columns={columns}
        rows={rows.map((cells, at) => ({
          key: at,
          cells,
          acts: (
            <MenuButton
              label={t('table.row_more', { number: at + 1 })}
              choices={[
                { icon: IconPencil, label: t('table.change_row'), onChoose: () => setEditing(at) },
                at < rows.length - 1 && { icon: IconArrowDown, label: t('table.row_down'), onChoose: () => put(rows.with(at, rows[at + 1] ?? []).with(at + 1, cells)) },
                { icon: IconTrash, label: t('table.remove_row'), onChoose: () => put(rows.toSpliced(at, 1)) },
              ]}
            />
          ),
        }))}
      />
      <FieldError problem={error} />
      {rows.length < MOST_ROWS && (
        <Button variant="subtle" className={own.add} leftSection={<IconPlus size={18} />} onClick={() => setEditing('new')}>
          {t('table.add_row')}
        </Button>
      )}
      <Switch
        label={t('table.by_readers')}
        description={t('table.by_readers_explained')}
        checked={value.byReaders}
        onChange={(event) => onChange({ ...value, byReaders: event.currentTarget.checked })}
      />
      {editing !== null && (
        <RowDialog
          title={t(editing === 'new' ? 'table.add_row' : 'table.change_row')}
          columns={columns}
          cells={editing === 'new' ? null : (rows[editing] ?? null)}
          onSave={(cells) => put(editing === 'new' ? [...rows, cells] : rows.with(editing, cells))}
          onClose={() => setEditing(null)}
          above
        />
      )}
    </fieldset>
  )
}
