// Choose departments from the tree and people by search; what is chosen stands above as chips. Nothing counts until «Done».
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Audience } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useDepartments } from '../../live/directory'
import { departmentNamed } from '../../live/lookup'
import { store } from '../../live/store'
import { DepartmentTree } from '../../people/DepartmentTree'
import { Dialog } from '../../ui/Dialog'
import { type Named, sameName } from '../../ui/names'
import { Chips } from '../share/Chips'
import { audienceOf } from '../share/form'
import { reachesDepartment } from '../share/reach'
import classes from './ChooseDialog.module.css'
import { ChoosePeople } from './ChoosePeople'
import { NameCheck } from './NameCheck'

interface Props {
  title: string
  value: readonly Named[]
  onChange: (value: Named[]) => void
  onClose: () => void
  /** Only whom this audience reaches; null: anybody. */
  within: Audience | null
}

export default function ChooseDialog({ title, value, onChange, onClose, within }: Props) {
  const t = useT()
  const isPhone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false }) ?? false
  const departments = useDepartments().filter((d) => !within || reachesDepartment(within, d.id, store))
  const [chosen, setChosen] = useState<Named[]>([...value])
  const [kind, setKind] = useState<'departments' | 'people'>(departments.length > 0 ? 'departments' : 'people')
  const [q, setQ] = useState('')
  const reached = audienceOf(chosen)
  const has = (named: Named): boolean => chosen.some((one) => sameName(one, named))
  const toggle = (named: Named): void => {
    setChosen(has(named) ? chosen.filter((one) => !sameName(one, named)) : [...chosen, named])
  }
  const done = (): void => {
    onChange(chosen)
    onClose()
  }
  return (
    <Dialog onClose={onClose} title={title} size={520} tall>
      <div className={classes.frame}>
      <div className={classes.head}>
        <div className={classes.chosen} data-none={chosen.length === 0 || undefined}>
          {chosen.length > 0 ? <Chips value={chosen} onChange={setChosen} /> : t('feed.nothing_chosen')}
        </div>
        {departments.length > 0 && (
          <SegmentedControl
            fullWidth
            aria-label={title}
            value={kind}
            onChange={(next) => {
              setKind(next as typeof kind)
              setQ('')
            }}
            data={[
              { value: 'departments', label: t('feed.departments') },
              { value: 'people', label: t('feed.people') },
            ]}
          />
        )}
        <TextInput
          type="search"
          aria-label={t(kind === 'people' ? 'feed.search_people' : 'feed.search_departments')}
          placeholder={t(kind === 'people' ? 'feed.search_people' : 'feed.search_departments')}
          leftSection={<IconSearch size={18} />}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          data-autofocus={!isPhone || undefined}
        />
      </div>
      <div className={classes.list}>
        {kind === 'departments' ? (
          <DepartmentTree departments={departments} q={q} label={t('feed.departments')}>
            {(department, isFlat) => {
              const named = departmentNamed(department)
              const isIn = has(named)
              const included = !isIn && reachesDepartment(reached, department.id, store)
              return (
                <NameCheck
                  name={isFlat ? department.path : department.name}
                  hint={included ? t('feed.included') : ''}
                  checked={isIn || included}
                  disabled={included}
                  onChange={() => toggle(named)}
                />
              )
            }}
          </DepartmentTree>
        ) : (
          <ChoosePeople q={q} within={within} has={has} onToggle={toggle} />
        )}
      </div>
      <div className={classes.footer}>
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button onClick={done}>{t('feed.choose_done', { count: chosen.length })}</Button>
      </div>
      </div>
    </Dialog>
  )
}
