// One row to be filled in or changed: a field for each column, what is wrong beside it. A thumb's way into a wide table.
import { Alert, Button, Group } from '@mantine/core'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import type { TableColumn } from '../../api/generated'
import { sayMaybe, useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { CellInput } from './CellInput'
import { asNumber, emptyRow, placeOf, wrongOf } from './form'
import { SaidCell } from './TableGrid'
import classes from './Table.module.css'

interface Props {
  title: string
  columns: readonly TableColumn[]
  /** Null: a new row. */
  cells: readonly string[] | null
  /** Throws the server's refusal. `over`: which version was seen by then, where somebody changed it meanwhile. */
  onSave: (cells: string[], over: number | null) => Promise<void> | void
  onClose: () => void
  above?: boolean
}

/** What the row says by now, where it was changed on another device. */
interface Meanwhile {
  version: number
  now: readonly string[]
}

/** What is wrong, by the place of its column. */
type Wrong = Map<number, string>

export function RowDialog({ title, columns, cells, onSave, onClose, above = false }: Props) {
  const t = useT()
  const act = useAct()
  const [values, setValues] = useState<readonly string[]>(() => cells ?? emptyRow(columns))
  const [wrong, setWrong] = useState<Wrong>(new Map())
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const put = (at: number, value: string): void => {
    setValues((before) => before.with(at, value))
    setWrong((before) => new Map([...before].filter(([place]) => place !== at)))
  }
  const save = (): void => {
    // Enter sends before the field is left.
    const given = values.map((value, at) => (columns[at]?.type === 'number' ? asNumber(value) : value))
    setValues(given)
    const found: Wrong = new Map()
    columns.forEach((column, at) => {
      const code = wrongOf(column, given[at] ?? '')
      if (code) found.set(at, code)
    })
    setWrong(found)
    if (found.size > 0) return
    void act
      .run(async () => {
        try {
          await onSave(given, meanwhile?.version ?? null)
        } catch (error) {
          const { code, errors = [], ...rest } = asProblem(error).problem
          const { version, now } = rest as { version?: number; now?: string[] }
          if (code === 'stale_version' && version !== undefined && now) setMeanwhile({ version, now })
          const refused: Wrong = new Map()
          for (const one of errors) {
            const at = placeOf(one.field)
            if (at) refused.set(at.column, one.code.replace('cell_', ''))
          }
          setWrong(refused)
          throw error
        }
      })
      .then((done) => done && onClose())
  }
  const said = (at: number): string | undefined => {
    const code = wrong.get(at)
    return code === undefined ? undefined : sayMaybe(`table.wrong_${code}`)
  }
  const beside = columns.map((_, at) => `cells[${at}]`)
  return (
    <Dialog title={title} onClose={onClose} size={520} tall above={above}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          save()
        }}
      >
        {columns.map((column, at) => (
          <CellInput key={at} column={column} value={values[at] ?? ''} onChange={(value) => put(at, value)} error={said(at)} autoFocus={at === 0} />
        ))}
        {meanwhile ? (
          <Alert color="yellow" role="alert" data-error="stale_version">
            {t('table.meanwhile')}
            <dl className={classes.meanwhile}>
              {columns.map((column, at) => (
                <div key={at}>
                  <dt>{column.title}</dt>
                  <dd>
                    <SaidCell column={column} value={meanwhile.now[at] ?? ''} />
                  </dd>
                </div>
              ))}
            </dl>
          </Alert>
        ) : (
          <ProblemText error={act.rest(beside)} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={act.busy}>
            {t(meanwhile ? 'table.save_over' : 'ui.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
