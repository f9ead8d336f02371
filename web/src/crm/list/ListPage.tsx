// Records of one kind: views, conditions, words and order stand in the address; rows without end.
import { Button, SegmentedControl, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import { IconCopyCheck, IconPlus, IconRefresh, IconSearch, IconSquareCheck, IconSum } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { asProblem } from '../../api/problem'
import { wentBack } from '../../feed/wentBack'
import { useT } from '../../i18n/i18n'
import { ShownPerson } from '../../people/ShownPerson'
import { NotFound } from '../../shell/NotFound'
import { EmptyState } from '../../ui/EmptyState'
import { Page } from '../../ui/Page'
import { ProblemText, problemText } from '../../ui/ProblemText'
import { VirtualList } from '../../ui/VirtualList'
import { iconOf } from '../icons'
import { addressOfKind, addressOfRecord, useKinds, useWords } from '../kinds'
import NewRecord from '../NewRecord'
import { Watermark } from '../Watermark'
import type { RecordKind } from '../wire'
import { BulkBar } from './BulkBar'
import { columnsOf, isChanged, type ListState, listState, pressedSort, queryOf, searchOf, shownConditions, sortOf, viewOf } from './conditions'
import { FilterBar } from './FilterBar'
import classes from './List.module.css'
import { RecordLine, TableHead } from './Rows'
import { canSum, Totals } from './Totals'
import { useRecords } from './useRecords'
import { useSelection } from './useSelection'
import { ViewBar } from './ViewBar'

export default function ListPage({ params }: { params: { kind: string } }) {
  const t = useT()
  const kinds = useKinds()
  const kind = kinds.data?.find((one) => one.kind === params.kind)
  if (kind) return <Records key={kind.kind} kind={kind} />
  if (kinds.isPending) return <Page title={t('nav.crm')} wide><Skeleton height={240} aria-hidden /></Page>
  if (kinds.error) {
    return (
      <Page title={t('nav.crm')} wide>
        <EmptyState title={problemText(kinds.error)} action={<Button onClick={() => void kinds.refetch()}>{t('ui.try_again')}</Button>} />
      </Page>
    )
  }
  return <NotFound />
}

const Board = lazy(() => import('../stages/Board'))
const KeptPanel = lazy(() => import('../duplicates/Kept'))
const BOARD = 'board'
const WAIT = 200

function Records({ kind }: { kind: RecordKind }) {
  const t = useT()
  const words = useWords()
  const [, go] = useLocation()
  const search = useSearch()
  const isDesk = useMediaQuery('(min-width: 1024px)', undefined, { getInitialValueInEffect: false }) ?? false
  const state = useMemo(() => listState(search), [search])
  const view = viewOf(kind, state)
  const asked = useMemo(() => queryOf(view, state), [view, state])
  const [typed, setTyped] = useState(state.q)
  const isBoard = state.as === BOARD && kind.boards.length > 0
  const isNew = new URLSearchParams(search).has('new')
  const change = (more: Partial<ListState>): void => go(addressOfKind(kind.kind) + searchOf({ ...state, ...more }), { replace: true })
  const later = useDebouncedCallback((q: string) => change({ q }), WAIT)
  const setNew = (on: boolean): void => {
    const address = searchOf(state)
    go(addressOfKind(kind.kind) + (on ? `${address}${address ? '&' : '?'}new` : address), { replace: true })
  }
  const mayCreate = kind.may.includes('create')
  const add = mayCreate && (
    <Button leftSection={<IconPlus size={20} />} onClick={() => setNew(true)}>
      {t('crm.new')}
    </Button>
  )
  return (
    <Page title={words(kind.plural)} wide onBack={() => go('/crm')} actions={add || undefined}>
      <div className={classes.find}>
        <TextInput
          className={classes.words}
          type="search"
          aria-label={t('crm.search', { kind: words(kind.words) })}
          placeholder={t('crm.search_in', { kind: words(kind.plural) })}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            later(event.currentTarget.value)
          }}
        />
        {kind.boards.length > 0 && (
          <SegmentedControl
            className={classes.as}
            aria-label={t('stages.shown_as')}
            value={isBoard ? BOARD : ''}
            onChange={(as) => change(as ? { as, by: '' } : { as: '', by: '' })}
            data={[
              { value: '', label: t('stages.list') },
              { value: BOARD, label: t('stages.board') },
            ]}
          />
        )}
      </div>
      <ViewBar kind={kind} view={view} state={state} />
      <FilterBar
        kind={kind}
        conditions={shownConditions(view, state)}
        sort={sortOf(kind, view, state)}
        isChanged={isChanged(view, state)}
        onFilter={(filter) => change({ filter })}
        onSort={(sort) => change({ sort })}
        onReset={() => change({ filter: null, sort: null })}
      />
      {isBoard ? (
        <Suspense fallback={<Skeleton height={240} aria-hidden />}>
          <Board key={JSON.stringify(asked)} kind={kind} by={state.by || (kind.boards[0] ?? '')} asked={asked} isDesk={isDesk} onBy={(by) => change({ by })} />
        </Suspense>
      ) : (
        <Found
          key={JSON.stringify(asked)}
          kind={kind}
          asked={asked}
          columns={columnsOf(kind, view)}
          sort={sortOf(kind, view, state)}
          onSort={(name) => change({ sort: pressedSort(kind, sortOf(kind, view, state), name) })}
          isDesk={isDesk}
          isVoided={(view?.base ?? state.view) === 'bin'}
          isNarrowed={state.q !== '' || shownConditions(view, state).length > 0}
          isWhole={state.view === 'all'}
          add={add || undefined}
        />
      )}
      {isNew && mayCreate && (
        <NewRecord
          kind={kind}
          onClose={() => setNew(false)}
          onMade={(row) => go(addressOfRecord(row.kind, row.id), { replace: true })}
        />
      )}
      <ShownPerson />
      <Watermark />
    </Page>
  )
}

interface FoundProps {
  kind: RecordKind
  asked: Record<string, string | undefined>
  columns: readonly string[]
  sort: string
  onSort: (name: string) => void
  isDesk: boolean
  isVoided: boolean
  /** By words or conditions. */
  isNarrowed: boolean
  /** The view of all, not of those in the bin, with a star… */
  isWhole: boolean
  add: React.ReactNode
}

function Found({ kind, asked, columns, sort, onSort, isDesk, isVoided, isNarrowed, isWhole, add }: FoundProps) {
  const t = useT()
  const words = useWords()
  const [query] = useState(asked)
  const [restore] = useState(wentBack)
  const list = useRecords(kind, query)
  const selection = useSelection()
  const [isSummed, setSummed] = useState(false)
  const [isKept, setKept] = useState(false)
  const Icon = iconOf(kind.icon)
  if (list.isPending) {
    return (
      <div className={classes.waiting} role="status" aria-label={t('ui.loading')}>
        {[0, 1, 2, 3].map((one) => <Skeleton key={one} height={56} />)}
      </div>
    )
  }
  if (list.error && list.ids.length === 0) {
    if (asProblem(list.error).status === 422) return <ProblemText error={list.error} />
    return <EmptyState title={problemText(list.error)} action={<Button onClick={list.again}>{t('ui.try_again')}</Button>} />
  }
  const moved = list.hasMoved && (
    <div className={classes.moved}>
      <Button size="sm" variant="light" leftSection={<IconRefresh size={18} />} onClick={() => void list.refresh()}>
        {t('crm.list_moved')}
      </Button>
    </div>
  )
  if (list.ids.length === 0) {
    return (
      <>
        {moved}
        <EmptyState
          icon={<Icon size={48} stroke={1.4} />}
          title={t(isNarrowed ? 'crm.nothing_found' : 'crm.none_yet', { kind: words(kind.plural) })}
          action={isNarrowed || !isWhole ? undefined : add}
        >
          {isNarrowed ? t('crm.nothing_found_text') : isWhole && add && t('crm.none_yet_text')}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <div className={classes.above}>
        <p className={classes.count} role="status" data-total={list.total?.count}>
          {list.total && t(list.total.is_exact ? 'crm.count' : 'crm.count_more', { count: list.total.count })}
        </p>
        {moved}
        <span className={classes.tools}>
          {kind.fields.some((one) => one.duplicates === 'soft') && (
            <Button variant="subtle" size="compact-md" leftSection={<IconCopyCheck size={18} />} onClick={() => setKept(true)}>
              {t('lists.kept')}
            </Button>
          )}
          {canSum(kind) && (
            <Button variant="subtle" size="compact-md" leftSection={<IconSum size={18} />} aria-pressed={isSummed} onClick={() => setSummed(!isSummed)}>
              {t('lists.totals')}
            </Button>
          )}
          {!isDesk && !selection.isOn && (
            <Button variant="subtle" size="compact-md" leftSection={<IconSquareCheck size={18} />} onClick={() => selection.begin()}>
              {t('lists.select')}
            </Button>
          )}
        </span>
      </div>
      {isKept && (
        <Suspense fallback={null}>
          <KeptPanel kind={kind} onClose={() => setKept(false)} />
        </Suspense>
      )}
      {isSummed && <Totals kind={kind} asked={query} />}
      <div className={classes.table} data-desk={isDesk || undefined}>
        {isDesk && <TableHead kind={kind} columns={columns} sort={sort} onSort={onSort} shown={list.ids} selection={selection} />}
        <VirtualList
          count={list.ids.length}
          keyOf={(index) => list.ids[index] ?? index}
          estimate={isDesk ? 52 : 68}
          label={words(kind.plural)}
          onNearEnd={list.more}
          keep={`records/${kind.kind}/${JSON.stringify(query)}`}
          restore={restore}
        >
          {(index) => <RecordLine kind={kind} id={list.ids[index] ?? 0} columns={columns} isDesk={isDesk} selection={selection} />}
        </VirtualList>
      </div>
      {list.isFetchingMore && <p className={classes.count}>{t('ui.loading')}</p>}
      {list.error && <ProblemText error={list.error} />}
      {selection.isOn && <BulkBar kind={kind} asked={query} shown={list.ids} total={list.total} selection={selection} isVoided={isVoided} />}
    </>
  )
}
