// While acting for somebody: a coloured bar says for whom, below it what waits on them and writing in their name. What is
// shown here is theirs and stays out of the store, so that it never mixes with what is mine. One press leaves.
import { Button, Skeleton } from '@mantine/core'
import { IconChecklist, IconPencil, IconUserShare, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { api } from '../api/client'
import type { List, Person, Todo } from '../api/types'
import { useT } from '../i18n/i18n'
import { usePerson } from '../live/directory'
import { EmptyState } from '../ui/EmptyState'
import { ProblemText } from '../ui/ProblemText'
import classes from './Acting.module.css'
import { ActingTodo } from './ActingTodo'
import { useKindsFor } from './delegations'

const ActingComposer = lazy(() => import('./ActingComposer'))
const AGAIN = 15_000 // ms: the principal's own stream is not ours to hear

export default function ActingForPage() {
  const t = useT()
  const [, go] = useLocation()
  const principal = Number(useParams<{ id: string }>().id)
  const person = usePerson(Number.isSafeInteger(principal) && principal > 0 ? principal : null)
  const kinds = useKindsFor(principal)
  const leave = (): void => go('/me/acting')
  const name = person?.name ?? '…'
  return (
    <div className={classes.acting}>
      <header className={classes.bar}>
        <IconUserShare size={22} aria-hidden />
        <h1 className={classes.who}>{t('leaving.acting_for', { name })}</h1>
        <Button className={classes.out} variant="white" color="dark" leftSection={<IconX size={18} />} onClick={leave}>
          {t('leaving.stop_acting')}
        </Button>
      </header>
      <div className={classes.column}>
        {kinds.length === 0 ? (
          <EmptyState
            title={t('problem.forbidden.no_delegation')}
            action={<Button onClick={leave}>{t('ui.back')}</Button>}
          />
        ) : (
          person && <Desk person={person} kinds={kinds} />
        )}
      </div>
    </div>
  )
}

function Desk({ person, kinds }: { person: Person; kinds: readonly string[] }) {
  const t = useT()
  const [writing, setWriting] = useState(false)
  return (
    <>
      <p className={classes.note}>{t('leaving.acting_note', { name: person.name })}</p>
      {kinds.includes('post') && (
        <Button leftSection={<IconPencil size={20} />} onClick={() => setWriting(true)} fullWidth>
          {t('leaving.share_as', { name: person.name })}
        </Button>
      )}
      {kinds.includes('todos') && <Todos person={person} mayGive={kinds.includes('receipts')} />}
      {writing && (
        <Suspense>
          <ActingComposer person={person} onClose={() => setWriting(false)} />
        </Suspense>
      )}
    </>
  )
}

function Todos({ person, mayGive }: { person: Person; mayGive: boolean }) {
  const t = useT()
  const found = useQuery({
    queryKey: ['acting', person.id, 'todos'],
    queryFn: async () => (await api.get<List<Todo>>('/todos', { actingFor: person.id })).data.items,
    refetchInterval: AGAIN,
  })
  return (
    <section className={classes.todos} aria-label={t('leaving.todos_of', { name: person.name })}>
      <h2 className={classes.heading}>{t('leaving.todos_of', { name: person.name })}</h2>
      <ProblemText error={found.error} />
      {found.isPending && <Skeleton height={72} />}
      {found.data?.length === 0 && (
        <EmptyState icon={<IconChecklist size={48} stroke={1.4} />} title={t('leaving.nothing_waits', { name: person.name })} />
      )}
      <ul className={classes.rows}>
        {found.data?.map((todo) => (
          <ActingTodo key={`${todo.ref.kind}/${todo.ref.id}`} person={person} todo={todo} mayGive={mayGive} />
        ))}
      </ul>
    </section>
  )
}
