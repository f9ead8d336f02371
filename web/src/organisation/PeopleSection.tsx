// Administration: all people with their state; press one to change them, choose several to move them.
import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowsExchange, IconSearch } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { usePerson } from '../live/directory'
import { PersonRow } from '../people/PersonRow'
import { type PersonState, useDirectory } from '../people/useDirectory'
import { EmptyState } from '../ui/EmptyState'
import { ProblemText } from '../ui/ProblemText'
import { VirtualList } from '../ui/VirtualList'
import { EditPerson } from './EditPerson'
import { MovePeople } from './MovePeople'
import classes from './PeopleSection.module.css'

const MOST = 100

export default function PeopleSection() {
  const t = useT()
  const [q, setQ] = useState('')
  const [asked] = useDebouncedValue(q.trim(), 150)
  const [state, setState] = useState<PersonState | ''>('')
  const [chosen, setChosen] = useState<ReadonlySet<Id> | null>(null)
  const [moving, setMoving] = useState(false)
  const [editing, setEditing] = useState<Id | null>(null)
  const toggle = (id: Id): void => {
    const next = new Set(chosen)
    if (!next.delete(id) && next.size < MOST) next.add(id)
    setChosen(next)
  }
  return (
    <SectionPage
      title={t('org.people')}
      wide
      actions={
        <Button variant="default" onClick={() => setChosen(chosen ? null : new Set())}>
          {t(chosen ? 'ui.cancel' : 'org.choose_several')}
        </Button>
      }
    >
      <TextInput
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        leftSection={<IconSearch size={18} />}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      <SegmentedControl
        className={classes.states}
        aria-label={t('org.state')}
        value={state}
        onChange={(value) => setState(value as PersonState | '')}
        data={[
          { value: '', label: t('org.state_here') },
          { value: 'active', label: t('org.state_active') },
          { value: 'invited', label: t('people.state_invited') },
          { value: 'left', label: t('people.state_left') },
        ]}
      />
      <Found q={asked} state={state || null} chosen={chosen} onToggle={toggle} onEdit={setEditing} />
      {chosen && (
        <div className={classes.bar} role="region" aria-label={t('org.chosen', { count: chosen.size })}>
          <span>{t('org.chosen', { count: chosen.size })}</span>
          <Button
            disabled={chosen.size === 0}
            leftSection={<IconArrowsExchange size={18} />}
            onClick={() => setMoving(true)}
          >
            {t('org.move')}
          </Button>
        </div>
      )}
      {moving && chosen && (
        <MovePeople
          people={[...chosen]}
          onClose={() => setMoving(false)}
          onMoved={() => {
            setMoving(false)
            setChosen(null)
          }}
        />
      )}
      {editing !== null && <EditPerson id={editing} onClose={() => setEditing(null)} />}
    </SectionPage>
  )
}

interface FoundProps {
  q: string
  state: PersonState | null
  chosen: ReadonlySet<Id> | null
  onToggle: (id: Id) => void
  onEdit: (id: Id) => void
}

function Found({ q, state, chosen, onToggle, onEdit }: FoundProps) {
  const t = useT()
  const { ids, isPending, isError, error, hasNextPage, isFetching, fetchNextPage } = useDirectory(q, null, state)
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  if (isPending) return <p className={classes.note}>{t('ui.loading')}</p>
  if (isError && ids.length === 0) return <ProblemText error={error} />
  if (ids.length === 0) return <EmptyState title={t('ui.nobody_found')}>{t('people.try_other_words')}</EmptyState>
  return (
    <div className={classes.list}>
      <VirtualList
        key={`${q}/${state}`}
        count={ids.length}
        keyOf={(index) => ids[index] ?? index}
        estimate={64}
        label={t('org.people')}
        onNearEnd={more}
      >
        {(index) => {
          const id = ids[index] ?? 0
          return chosen ? (
            <Choice id={id} isChosen={chosen.has(id)} onToggle={() => onToggle(id)} />
          ) : (
            <PersonRow id={id} onPress={() => onEdit(id)} />
          )
        }}
      </VirtualList>
    </div>
  )
}

function Choice({ id, isChosen, onToggle }: { id: Id; isChosen: boolean; onToggle: () => void }) {
  const person = usePerson(id)
  return (
    <div className={classes.choice}>
      <Checkbox
        className={classes.check}
        checked={isChosen}
        onChange={onToggle}
        aria-label={person ? `${person.name} ${person.staff_number}` : ''}
      />
      <PersonRow id={id} onPress={onToggle} />
    </div>
  )
}
