// «What do I owe»: the head of the Work page.
import { IconCircleCheck } from '@tabler/icons-react'
import { useT } from '../../i18n/i18n'
import { JoinTodos } from '../../joining/JoinTodos'
import { usePendingRequests } from '../../joining/requests'
import { OtherTodos } from '../../notifications/OtherTodos'
import { KindTodos } from '../kinds/KindTodos'
import { useKindTodos } from '../kinds/todos'
import { useOtherTodos } from '../../notifications/todos'
import { TodoGroup } from './TodoGroup'
import { useTodoRows } from './useTodoRows'
import classes from './WorkTodos.module.css'

export function WorkTodos() {
  const t = useT()
  const rows = useTodoRows()
  const joining = usePendingRequests().length > 0
  const others = useOtherTodos().length + useKindTodos().length
  return (
    <div className={classes.todos}>
      <JoinTodos most={3} />
      {rows.shown.length > 0 ? (
        <TodoGroup rows={rows} most={3} />
      ) : joining || others > 0 ? null : (
        <p className={classes.none}>
          <IconCircleCheck size={20} aria-hidden />
          {t('feed.no_todos_short')}
        </p>
      )}
      <KindTodos most={3} />
      <OtherTodos most={3} />
    </div>
  )
}
