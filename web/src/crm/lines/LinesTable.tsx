// Lines as they are read: a row for each, its amount last.
import { useT } from '../../i18n/i18n'
import { FieldValue } from '../FieldValue'
import { useWords } from '../kinds'
import { moneyText } from '../values'
import type { Field, Line } from '../wire'
import { AMOUNT, asField, cellOf, currencyOf } from './lines'
import classes from './Lines.module.css'

export function LinesTable({ field, lines }: { field: Field; lines: readonly Line[] }) {
  const t = useT()
  const words = useWords()
  return (
    <div className={classes.wide} role="region" aria-label={words(field.words)} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {field.lines.map((one) => (
              <th key={one.name} scope="col">{words(one.words)}</th>
            ))}
            <th scope="col" className={classes.amount}>{t('stages.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={at}>
              {field.lines.map((one) => (
                <td key={one.name}>
                  <FieldValue field={asField(one)} value={cellOf(one, line)} plain />
                </td>
              ))}
              <td className={classes.amount}>{moneyText(line[AMOUNT] ?? '0', currencyOf(field.lines))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
