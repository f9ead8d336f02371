// The to-dos of one category: its name with the count, the rows, and what came since the page was opened.
import { IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { badge } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import classes from './TodoGroup.module.css'
import { TodoRow } from './TodoRow'
import type { TodoRows } from './useTodoRows'

interface Props {
  rows: TodoRows
  /** How many to show before «N more». */
  most?: number
}

export function TodoGroup({ rows: { shown, open, fresh, showFresh }, most = Number.POSITIVE_INFINITY }: Props) {
  const t = useT()
  const [all, setAll] = useState(false)
  const visible = all ? shown : shown.slice(0, most)
  const hidden = shown.length - visible.length
  return (
    <section className={classes.group} aria-label={t('feed.todo_receipt')}>
      <div className={classes.heading}>
        <h2 className={classes.name}>
          {t('feed.todo_receipt')}
          {open > 0 && (
            <span className={classes.count} data-count>
              {badge(open)}
            </span>
          )}
        </h2>
        <span role="status">
          {fresh > 0 && (
            <button type="button" className={classes.fresh} onClick={showFresh}>
              <IconArrowUp size={15} aria-hidden />
              {t('feed.fresh_todos', { count: fresh })}
            </button>
          )}
        </span>
      </div>
      <ul className={classes.rows}>
        {visible.map((id) => (
          <TodoRow key={id} id={id} />
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          {t('feed.more_todos', { count: hidden })}
        </button>
      )}
    </section>
  )
}
