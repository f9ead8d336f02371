// Receipts that wait for me, and what came since the page was opened.
import { IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../../i18n/i18n'
import { TodoSection } from '../../ui/TodoSection'
import classes from '../../ui/TodoSection.module.css'
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
  const aside = (
    <span role="status">
      {fresh > 0 && (
        <button type="button" className={classes.more} onClick={showFresh}>
          <IconArrowUp size={15} aria-hidden />
          {t('feed.fresh_todos', { count: fresh })}
        </button>
      )}
    </span>
  )
  const below = hidden > 0 && (
    <button type="button" className={classes.more} onClick={() => setAll(true)}>
      {t('feed.more_todos', { count: hidden })}
    </button>
  )
  return (
    <TodoSection name={t('feed.todo_receipt')} count={open} aside={aside} below={below}>
      {visible.map((id) => (
        <TodoRow key={id} id={id} />
      ))}
    </TodoSection>
  )
}
