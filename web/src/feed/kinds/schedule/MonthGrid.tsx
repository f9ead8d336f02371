// A month for choosing a day: dots on a phone, what happens at a desk. The arrow keys go from day to day.
import type { KeyboardEvent } from 'react'
import { useRef } from 'react'
import type { OccurrenceView } from '../../../api/generated'
import { dayOf } from '../../../i18n/dates'
import { useT } from '../../../i18n/i18n'
import { useSelector } from '../../../live/hooks'
import type { Store } from '../../../live/store'
import { type Day, dayAt, daysShown, onDay, plus } from './days'
import { titleOf } from './ItemRow'
import classes from './Schedule.module.css'
import { hoursText, weekdayName } from './words'

const MOST = 3
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

interface Props {
  day: Day
  items: readonly OccurrenceView[]
  onChoose: (day: Day) => void
}

export function MonthGrid({ day, items, onChoose }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const days = daysShown('month', day)
  const weeks = Array.from({ length: days.length / 7 }, (_, at) => days.slice(at * 7, at * 7 + 7))
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = plus(day, by)
    onChoose(next)
    // The month may be another one by then.
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus())
  }
  return (
    <table ref={table} className={classes.month} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 7].map((number) => (
            <th key={number} scope="col" abbr={weekdayName(number, 'long')}>
              {weekdayName(number)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((one) => (
              <td key={one}>
                <Cell one={one} isChosen={one === day} isOther={one.slice(0, 7) !== day.slice(0, 7)} items={onDay(items, one)} onChoose={onChoose} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps {
  one: Day
  isChosen: boolean
  isOther: boolean
  items: readonly OccurrenceView[]
  onChoose: (day: Day) => void
}

function Cell({ one, isChosen, isOther, items, onChoose }: CellProps) {
  const t = useT()
  const select = (store: Store): string[] => items.slice(0, MOST).map((item) => titleOf(store.get('post', item.post_id)?.text ?? ''))
  const titles = useSelector(['post'], select)
  return (
    <button
      type="button"
      className={classes.cell}
      data-day={one}
      data-other={isOther || undefined}
      data-busy={items.length > 0 || undefined}
      aria-pressed={isChosen}
      aria-current={one === dayAt(new Date()) ? 'date' : undefined}
      tabIndex={isChosen ? 0 : -1}
      onClick={() => onChoose(one)}
    >
      <span className="tf-hidden">{t('schedule.day_with', { day: dayOf(one), count: items.length })}</span>
      <span className={classes.number} aria-hidden>
        {Number(one.slice(8))}
      </span>
      {titles.map((title, at) => {
        const item = items[at]
        return (
          item && (
            <span key={`${item.post_id}.${item.begins_at}`} className={classes.line} aria-hidden>
              {item.first_day === null && <b>{hoursText(item).slice(0, 5)}</b>} {title}
            </span>
          )
        )
      })}
      {items.length > MOST && <span className={classes.line} aria-hidden>{t('schedule.more', { n: items.length - MOST })}</span>}
    </button>
  )
}
