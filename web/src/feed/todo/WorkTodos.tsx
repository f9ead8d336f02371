// «What do I owe»: the head of the Work page.
import { IconCircleCheck } from '@tabler/icons-react'
import { useT } from '../../i18n/i18n'
import { TodoGroup } from './TodoGroup'
import { useTodoRows } from './useTodoRows'
import classes from './WorkTodos.module.css'

export function WorkTodos() {
  const t = useT()
  const rows = useTodoRows()
  return (
    <div className={classes.todos}>
      {rows.shown.length > 0 ? (
        <TodoGroup rows={rows} most={3} />
      ) : (
        <p className={classes.none}>
          <IconCircleCheck size={20} aria-hidden />
          {t('feed.no_todos_short')}
        </p>
      )}
    </div>
  )
}
