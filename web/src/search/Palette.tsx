// The search palette (Ctrl/⌘ K, a magnifier on phones): people, conversations, what was written, and what can be begun.
import { Loader, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { beginDirect } from '../chat/begin'
import { useConversationIds } from '../chat/conversations'
import { useCallers } from '../crm/contacting/callers'
import { addressOfRecord } from '../crm/kinds'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { showPerson } from '../people/shown'
import { Dialog } from '../ui/Dialog'
import { palette } from '../ui/palette'
import { ProblemText, problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useActions } from './actions'
import { existingTopics } from '../feed/topic/choices'
import { addressOfTopic } from '../feed/topic/address'
import { useNameSearch } from '../ui/useNameSearch'
import { noFilters, useNamed, useRecordsNamed, useWritten } from './asking'
import { FilterBar } from './FilterBar'
import classes from './Palette.module.css'
import { PaletteRow } from './PaletteRow'
import { addressOf, recordRow, type Row, type Section } from './rows'
import { useRowKeys } from './useRowKeys'

const FEW = 4

export default function Palette({ q: first }: { q: string }) {
  const t = useT()
  const me = useMyId()
  const [, go] = useLocation()
  const [typed, setTyped] = useState(first)
  const [q] = useDebouncedValue(typed.trim(), 150)
  const [filters, setFilters] = useState(noFilters)
  const people = useNamed('person', q, FEW)
  const groups = useNamed('conversation', q, FEW)
  const records = useRecordsNamed(q, FEW)
  const callers = useCallers(q)
  const written = useWritten(q, filters)
  const recent = useConversationIds().slice(0, 5)
  const actions = useActions(q)
  const topics = useNameSearch(existingTopics, q.replace(/#/g, '') || null).found.slice(0, FEW)
  const hits = written.data?.pages.flatMap((page) => page.items) ?? []
  const isAsking = q !== '' || filters.from !== null

  const sections: Section[] = [
    { heading: 'contacting.who', rows: callers.rows.map((row) => ({ type: 'record', key: `caller${row.kind}${row.id}`, kind: row.kind, id: row.id, title: row.title, owner: row.owner ?? row.created_by })) },
    { heading: 'search.people', rows: people.map(({ id }) => ({ type: 'person', key: `p${id}`, id })) },
    {
      heading: q ? 'search.conversations' : 'search.recent',
      rows: (q ? groups.map(({ id }) => id) : recent).map((id) => ({ type: 'conversation', key: `c${id}`, id })),
    },
    { heading: 'search.records', rows: records.map(recordRow) },
    { heading: 'topics.topics', rows: topics.map(({ name }) => ({ type: 'topic', key: `t${name}`, name })) },
    { heading: 'search.actions', rows: q === '' || actions.length <= FEW ? actions : [] },
    {
      heading: filters.kind === 'file' ? 'search.files' : 'search.written',
      rows: isAsking ? hits.map((hit) => ({ type: 'written', key: `${hit.kind}${hit.id}`, hit })) : [],
    },
  ]
  const shown = sections.filter(({ rows }) => rows.length > 0)
  const rows = shown.flatMap((section) => section.rows)

  const close = (): void => palette.set(null)
  const open = async (row: Row | undefined): Promise<void> => {
    if (!row) return
    if (row.type === 'person' && row.id === me) showPerson(row.id)
    close()
    try {
      if (row.type === 'person') go(row.id === me ? '/me' : `/chat/${await beginDirect(row.id)}`)
      else if (row.type === 'conversation') go(`/chat/${row.id}`)
      else if (row.type === 'record') go(addressOfRecord(row.kind, row.id))
      else if (row.type === 'topic') go(addressOfTopic(row.name))
      else go(row.type === 'action' ? row.to : addressOf(row.hit))
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  const { at, point, listId, idOf, onKeyDown } = useRowKeys(rows.length, q, (place) => void open(rows[place]))

  let index = -1
  return (
    <Dialog title={t('search.title')} onClose={close} tall size={640}>
      <TextInput
        data-autofocus
        type="search"
        role="combobox"
        aria-label={t('search.placeholder')}
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-activedescendant={rows[at] ? idOf(at) : undefined}
        placeholder={t('search.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={written.isFetching ? <Loader size="xs" aria-label={t('ui.searching')} /> : null}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <FilterBar value={filters} onChange={setFilters} />
      <div id={listId} role="listbox" aria-label={t('search.results')} className={classes.results}>
        {shown.map(({ heading, rows: some }) => (
          <div key={heading} role="group" aria-label={t(heading)}>
            <div className={classes.heading} aria-hidden>
              {t(heading)}
            </div>
            {some.map((row) => {
              index += 1
              const own = index
              return (
                <div
                  key={row.key}
                  id={idOf(own)}
                  role="option"
                  aria-selected={own === at}
                  className={classes.row}
                  onPointerMove={() => point(own)}
                  onClick={() => void open(row)}
                >
                  <PaletteRow row={row} />
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {(callers.error ?? written.error) ? <ProblemText error={callers.error ?? written.error} /> : null}
      {isAsking && !written.isFetching && !written.error && rows.length === 0 && (
        <p className={classes.nothing} role="status">
          {t('search.nothing')}
        </p>
      )}
      {isAsking && written.hasNextPage && (
        <button
          type="button"
          className={classes.next}
          disabled={written.isFetchingNextPage}
          onClick={() => void written.fetchNextPage()}
        >
          {t('search.more')}
        </button>
      )}
    </Dialog>
  )
}
