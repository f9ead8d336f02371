// The administration's prepared tables (FEED-10): made, changed, put into order, retired and offered again.
import { Badge } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconArrowDown, IconArrowUp, IconPencil, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { carryOut, LibraryPage, moved } from '../admin/LibraryPage'
import { api } from '../api/client'
import type { PreparedTableView } from '../api/generated'
import type { Id, List } from '../api/types'
import { useLibrary } from '../feed/table/library'
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { applyAnswer, applyList, putChange } from '../live/answers'
import { MenuButton } from '../ui/MenuButton'
import { TableDialog } from './TableDialog'
import classes from './Tables.module.css'

export default function TablesPage() {
  const t = useT()
  const { all, offered, error, isPending } = useLibrary()
  const [open, setOpen] = useState<Id | 'new' | null>(null)
  const shown = typeof open === 'number' ? all.find((one) => one.id === open) : undefined
  const move = (at: number, by: number): void => {
    const tables = moved(offered.map((one) => one.id), at, by)
    void carryOut(async () => void applyList('prepared_table', await api.put<List<PreparedTableView>>('/tables/order', { tables })))
  }
  return (
    <LibraryPage
      title={t('tables.section')}
      icon={IconTable}
      add={t('tables.add')}
      onAdd={() => setOpen('new')}
      none={{ title: t('tables.none'), text: t('tables.none_text') }}
      about={t('tables.about')}
      isPending={isPending}
      error={error}
      rows={all.map((one, at) => (
        <Line
          key={one.id}
          table={one}
          onOpen={() => setOpen(one.id)}
          onUp={one.retired_at === null && at > 0 ? () => move(at, -1) : null}
          onDown={one.retired_at === null && at < offered.length - 1 ? () => move(at, 1) : null}
        />
      ))}
    >
      {shown && <TableDialog key={shown.id} table={shown} onClose={() => setOpen(null)} />}
      {open === 'new' && <TableDialog table={null} onClose={() => setOpen(null)} />}
    </LibraryPage>
  )
}

interface LineProps {
  table: PreparedTableView
  onOpen: () => void
  onUp: (() => void) | null
  onDown: (() => void) | null
}

function Line({ table, onOpen, onUp, onDown }: LineProps) {
  const t = useT()
  const isRetired = table.retired_at !== null
  const move = (): void =>
    void carryOut(async () => {
      const path = `/tables/${table.id}/retirement`
      const answer = isRetired ? await api.delete<PreparedTableView>(path) : await api.put<PreparedTableView>(path, {})
      applyAnswer(answer.seq, [putChange('prepared_table', table.id, answer.data)])
    })
  return (
    <li className={classes.table} data-prepared={table.id} data-retired={isRetired || undefined}>
      <button type="button" className={classes.open} onClick={onOpen}>
        <span className={classes.name}>
          {table.name}
          {isRetired && <Badge variant="default">{t('tables.retired')}</Badge>}
        </span>
        {table.note && <span className={classes.hint}>{table.note}</span>}
        <span className={classes.hint}>{listed(table.columns.map((one) => one.title))}</span>
      </button>
      <MenuButton
        label={t('tables.more', { name: table.name })}
        choices={[
          { icon: IconPencil, label: t('tables.change'), onChoose: onOpen },
          onUp !== null && { icon: IconArrowUp, label: t('tables.up'), onChoose: onUp },
          onDown !== null && { icon: IconArrowDown, label: t('tables.down'), onChoose: onDown },
          { icon: isRetired ? IconArchiveOff : IconArchive, label: t(isRetired ? 'tables.restore' : 'tables.retire'), onChoose: move },
        ]}
      />
    </li>
  )
}
