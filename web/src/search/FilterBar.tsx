// Narrowing down what was written: by kind, and on request by author, days and order.
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n/i18n'
import { nameSearch } from '../live/lookup'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { type Filters, isFiltered } from './asking'
import classes from './Palette.module.css'

const search = nameSearch({})

interface Props {
  value: Filters
  onChange: (value: Filters) => void
}

export function FilterBar({ value, onChange }: Props) {
  const t = useT()
  const [opened, setOpened] = useState(isFiltered(value))
  const [from, setFrom] = useState<Named[]>([])
  return (
    <div className={classes.filters}>
      <div className={classes.kinds}>
        <SegmentedControl
          aria-label={t('search.kind')}
          value={value.kind}
          onChange={(kind) => onChange({ ...value, kind: kind as Filters['kind'] })}
          data={[
            { value: '', label: t('search.all') },
            { value: 'post', label: t('search.posts') },
            { value: 'comment', label: t('search.comments') },
            { value: 'message', label: t('search.messages') },
            { value: 'file', label: t('search.files') },
          ]}
        />
        <Button
          variant={isFiltered(value) ? 'light' : 'default'}
          className={classes.filter}
          leftSection={<IconAdjustmentsHorizontal size={18} />}
          aria-label={t('search.filter')}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.filterWord}>{t('search.filter')}</span>
        </Button>
      </div>
      {opened && (
        <div className={classes.more}>
          <NamePicker
            label={t('search.from')}
            placeholder={t('search.anybody')}
            value={from}
            single
            search={search}
            onChange={(named) => {
              setFrom(named)
              onChange({ ...value, from: named[0]?.id ?? null })
            }}
          />
          <TextInput
            type="date"
            label={t('search.after')}
            value={value.after}
            onChange={(event) => onChange({ ...value, after: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('search.before')}
            value={value.before}
            onChange={(event) => onChange({ ...value, before: event.currentTarget.value })}
          />
          <Select
            label={t('search.order')}
            allowDeselect={false}
            value={value.sort}
            onChange={(sort) => onChange({ ...value, sort: sort === 'best' ? 'best' : 'newest' })}
            data={[
              { value: 'newest', label: t('search.newest') },
              { value: 'best', label: t('search.best') },
            ]}
          />
        </div>
      )}
    </div>
  )
}
