// Which columns a list shows, and in which order: kept in my own view, or as mine for the lists that everybody has.
import { ActionIcon, Button, Checkbox, Group } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { fieldsOf, useWords } from '../kinds'
import type { Field, RecordKind } from '../wire'
import classes from './Selecting.module.css'

interface Props {
  kind: RecordKind
  columns: readonly string[]
  /** None: as they are declared. */
  onSave: (columns: string[]) => Promise<void>
  onClose: () => void
}

const MOST = 30

export function ColumnsDialog({ kind, columns, onSave, onClose }: Props) {
  const t = useT()
  const words = useWords()
  const act = useAct()
  const [chosen, setChosen] = useState(() => columns.filter((name) => name !== kind.title))
  const others = kind.fields.filter((one) => one.name !== kind.title && !chosen.includes(one.name))
  const move = (name: string, by: number): void => {
    const at = chosen.indexOf(name)
    const rest = chosen.filter((one) => one !== name)
    setChosen([...rest.slice(0, at + by), name, ...rest.slice(at + by)])
  }
  const save = (names: string[]): void => {
    void act.run(() => onSave(names)).then((done) => done && onClose())
  }
  const row = (field: Field, at: number) => {
    const name = words(field.words)
    return (
      <li key={field.name} className={classes.column} data-column={field.name}>
        <Checkbox
          className={classes.name}
          label={name}
          checked={at >= 0}
          disabled={at < 0 && chosen.length >= MOST - 1}
          onChange={() => setChosen(at >= 0 ? chosen.filter((one) => one !== field.name) : [...chosen, field.name])}
        />
        {at >= 0 && (
          <>
            <ActionIcon variant="subtle" size={44} aria-label={t('lists.move_up', { name })} disabled={at === 0} onClick={() => move(field.name, -1)}>
              <IconArrowUp size={18} />
            </ActionIcon>
            <ActionIcon variant="subtle" size={44} aria-label={t('lists.move_down', { name })} disabled={at === chosen.length - 1} onClick={() => move(field.name, 1)}>
              <IconArrowDown size={18} />
            </ActionIcon>
          </>
        )}
      </li>
    )
  }
  return (
    <Dialog title={t('lists.columns')} onClose={onClose} tall>
      <p className={classes.hint}>{t('lists.columns_hint')}</p>
      <ul className={classes.columns}>
        {fieldsOf(kind, chosen).map((field) => row(field, chosen.indexOf(field.name)))}
        {others.map((field) => row(field, -1))}
      </ul>
      <ProblemText error={act.error} />
      <Group justify="space-between" gap="xs" className={classes.foot}>
        <Button variant="subtle" onClick={() => save([])}>
          {t('lists.columns_reset')}
        </Button>
        <Button loading={act.busy} disabled={chosen.length === 0} onClick={() => save([kind.title, ...chosen])}>
          {t('ui.save')}
        </Button>
      </Group>
    </Dialog>
  )
}
