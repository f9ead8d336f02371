// The administration's prepared tables (FEED-10): made, changed, put into order, retired and offered again.
import { Badge, Button, Skeleton } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import { api } from '../api/client'
import type { PreparedTableView } from '../api/generated'
import type { Id, List } from '../api/types'
import { useLibrary } from '../feed/table/library'
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { applyAnswer, applyList, putChange } from '../live/answers'
import { EmptyState } from '../ui/EmptyState'
import { MenuButton } from '../ui/MenuButton'
import { problemText, ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { TableDialog } from './TableDialog'
import classes from './Tables.module.css'

export default function TablesPage() {
  const t = useT()
  const { all, offered, error, isPending } = useLibrary()
  const [open, setOpen] = useState<Id | 'new' | null>(null)
  const shown = typeof open === 'number' ? all.find((one) => one.id === open) : undefined
  const add = (
    <Button leftSection={<IconPlus size={20} />} onClick={() => setOpen('new')}>
      {t('tables.add')}
    </Button>
  )
  const move = (at: number, by: number): void => {
    const ids = offered.map((one) => one.id)
    const one = ids[at]
    if (one === undefined) return
    const tables = ids.toSpliced(at, 1).toSpliced(at + by, 0, one)
    void carryOut(async () => void applyList('prepared_table', await api.put<List<PreparedTableView>>('/tables/order', { tables })))
  }
  const isEmpty = !isPending && !error && all.length === 0
  return (
    <SectionPage title={t('tables.section')} actions={isEmpty ? undefined : add}>
      <ProblemText error={error} />
      {isPending && all.length === 0 && <Skeleton height={160} aria-hidden />}
      {isEmpty && (
        <EmptyState icon={<IconTable size={40} stroke={1.4} />} title={t('tables.none')} action={add}>
          {t('tables.none_text')}
        </EmptyState>
      )}
      {all.length > 0 && (
        <>
          <p className={classes.note}>{t('tables.about')}</p>
          <ul className={classes.list} role="list">
            {all.map((one, at) => (
              <Line
                key={one.id}
                table={one}
                onOpen={() => setOpen(one.id)}
                onUp={one.retired_at === null && at > 0 ? () => move(at, -1) : null}
                onDown={one.retired_at === null && at < offered.length - 1 ? () => move(at, 1) : null}
              />
            ))}
          </ul>
        </>
      )}
      {shown && <TableDialog key={shown.id} table={shown} onClose={() => setOpen(null)} />}
      {open === 'new' && <TableDialog table={null} onClose={() => setOpen(null)} />}
    </SectionPage>
  )
}

async function carryOut(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    toast(problemText(error), { tone: 'bad' })
  }
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
