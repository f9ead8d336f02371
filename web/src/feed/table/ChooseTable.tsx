// Which prepared table goes into the post: a list in the administration's order, found by name.
import { Skeleton, TextInput } from '@mantine/core'
import { IconSearch, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import type { PreparedTableView } from '../../api/generated'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { EmptyState } from '../../ui/EmptyState'
import { ProblemText } from '../../ui/ProblemText'
import { useLibrary } from './library'
import classes from './Table.module.css'

const SEARCHED_FROM = 8

export default function ChooseTable({ onChoose, onClose }: { onChoose: (table: PreparedTableView) => void; onClose: () => void }) {
  const t = useT()
  const { offered, error, isPending } = useLibrary()
  const [sought, setSought] = useState('')
  const wanted = sought.trim().toLocaleLowerCase()
  const shown = offered.filter((one) => `${one.name} ${one.note}`.toLocaleLowerCase().includes(wanted))
  return (
    <Dialog title={t('table.choose')} onClose={onClose} size={520} tall above>
      <ProblemText error={error} />
      {isPending && offered.length === 0 && <Skeleton height={160} />}
      {!isPending && !error && offered.length === 0 && (
        <EmptyState icon={<IconTable size={40} stroke={1.4} />} title={t('table.none_prepared')}>
          {t('table.none_prepared_text')}
        </EmptyState>
      )}
      {offered.length >= SEARCHED_FROM && (
        <TextInput
          mb="sm"
          aria-label={t('table.search')}
          placeholder={t('table.search')}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      )}
      <ul className={classes.library} role="list">
        {shown.map((one) => (
          <li key={one.id}>
            <button type="button" className={classes.prepared} data-prepared={one.id} onClick={() => onChoose(one)}>
              <span className={classes.name}>{one.name}</span>
              {one.note && <span>{one.note}</span>}
              <span className={classes.hint}>{listed(one.columns.map((column) => column.title))}</span>
            </button>
          </li>
        ))}
      </ul>
      {offered.length > 0 && shown.length === 0 && <p className={classes.hint}>{t('ui.nobody_found')}</p>}
    </Dialog>
  )
}
