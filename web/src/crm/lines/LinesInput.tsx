// Lines while they are written: cells beside each other at a desk, below each other on a phone; amounts and their sum follow what is typed.
import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useT } from '../../i18n/i18n'
import { FieldInput } from '../inputs/FieldInput'
import { useWords } from '../kinds'
import { moneyText } from '../values'
import type { Field, Line, Value } from '../wire'
import { amountOf, asField, currencyOf, sumOf } from './lines'
import classes from './Lines.module.css'

interface Props {
  field: Field
  value: readonly Line[]
  onChange: (value: Value) => void
  error?: string | undefined
}

const MOST = 200

export function LinesInput({ field, value, onChange, error }: Props) {
  const t = useT()
  const words = useWords()
  const columns = field.lines
  const currency = currencyOf(columns)
  const change = (at: number, name: string, cell: Value): void =>
    onChange(value.map((line, index) => (index === at ? { ...line, [name]: typeof cell === 'string' ? cell : null } : line)))
  return (
    <fieldset className={classes.lines} data-input={field.name}>
      <legend className={classes.legend}>{words(field.words)}</legend>
      {value.map((line, at) => {
        const amount = amountOf(columns, line)
        return (
          <div key={at} className={classes.line} data-line={at + 1}>
            <div className={classes.cells}>
              {columns.map((one) => (
                <FieldInput key={one.name} field={asField(one)} value={line[one.name] ?? null} onChange={(cell) => change(at, one.name, cell)} />
              ))}
            </div>
            <div className={classes.end}>
              <span className={classes.amount}>{amount === null ? '—' : moneyText(amount, currency)}</span>
              <ActionIcon aria-label={t('stages.remove_line', { number: at + 1 })} onClick={() => onChange(value.filter((_, index) => index !== at))}>
                <IconTrash size={18} />
              </ActionIcon>
            </div>
          </div>
        )
      })}
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      <div className={classes.end}>
        <Button variant="default" leftSection={<IconPlus size={18} />} disabled={value.length >= MOST} onClick={() => onChange([...value, {}])}>
          {t('stages.add_line')}
        </Button>
        <strong className={classes.amount}>{t('stages.sum', { sum: moneyText(sumOf(columns, value), currency) })}</strong>
      </div>
    </fieldset>
  )
}
