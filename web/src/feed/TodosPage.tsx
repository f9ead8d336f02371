// Everything that waits for me, by category, and the reminders that are still to come.
import { Button } from '@mantine/core'
import { IconChecklist } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useT } from '../i18n/i18n'
import { JoinTodos } from '../joining/JoinTodos'
import { usePendingRequests } from '../joining/requests'
import { ComingReminders } from '../notifications/ComingReminders'
import { OtherTodos } from '../notifications/OtherTodos'
import { useOtherTodos } from '../notifications/todos'
import { ShownPerson } from '../people/ShownPerson'
import { EmptyState } from '../ui/EmptyState'
import { Page } from '../ui/Page'
import { KindTodos } from './kinds/KindTodos'
import { useKindTodos } from './kinds/todos'
import { TodoGroup } from './todo/TodoGroup'
import { useTodoRows } from './todo/useTodoRows'

export default function TodosPage() {
  const t = useT()
  const rows = useTodoRows()
  const joining = usePendingRequests().length > 0
  const others = useOtherTodos().length + useKindTodos().length
  return (
    <Page title={t('nav.todos')}>
      <JoinTodos />
      {rows.shown.length > 0 ? (
        <TodoGroup rows={rows} />
      ) : joining || others > 0 ? null : (
        <EmptyState
          icon={<IconChecklist size={48} stroke={1.4} />}
          title={t('feed.no_todos')}
          action={
            <Button component={Link} href="/" variant="default">
              {t('ui.to_work')}
            </Button>
          }
        >
          {t('feed.no_todos_text')}
        </EmptyState>
      )}
      <KindTodos />
      <OtherTodos />
      <ComingReminders />
      <ShownPerson />
    </Page>
  )
}
