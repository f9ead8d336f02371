// Finds the things that become cards, with the searches of the palette; or only a place to send one to. By thumb, by keyboard, by ear.
import { Button, Loader, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCheck, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Hit, Ref } from '../api/types'
import { useConversationIds } from '../chat/conversations'
import { useT } from '../i18n/i18n'
import { useSelector } from '../live/hooks'
import { type Store, store } from '../live/store'
import { noFilters, useNamed, useRecordsNamed, useWritten } from '../search/asking'
import { PaletteRow } from '../search/PaletteRow'
import { recordRow, type Row, type Section } from '../search/rows'
import { useRowKeys } from '../search/useRowKeys'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import classes from './CardPicker.module.css'
import { keyOf } from './known'
import { useMine, useOpened } from './nearby'

const FEW = 6
const filesOnly = { ...noFilters, kind: 'file' as const }

interface Props {
  title: string
  /** Only one conversation or person: where something can be sent to. */
  places?: boolean
  /** How many may be chosen. */
  most?: number
  onChoose: (refs: readonly Ref[]) => void
  onClose: () => void
}

const newestPosts = (from: Store): Row[] =>
  from.posts().slice(0, FEW).map((post) => ({
    type: 'written',
    key: `post${post.id}`,
    hit: { kind: 'post', id: post.id, at: post.created_at, author_id: post.author_id, snippet: { text: post.text.slice(0, 120), marks: [] }, conversation_id: null, number: null, post_id: null, on: null, state: '' },
  }))
const sameKeys = (a: Row[], b: Row[]): boolean => a.length === b.length && a.every((row, at) => row.key === b[at]?.key)

function refOf(row: Row): Ref | null {
  if (row.type === 'action' || row.type === 'topic') return null
  if (row.type === 'record') return { kind: row.kind, id: row.id }
  return row.type === 'written' ? { kind: row.hit.kind, id: row.hit.id } : { kind: row.type, id: row.id }
}

/** What is offered: of what was typed, or near without a word. */
function useFound(q: string, places: boolean) {
  const people = useNamed('person', q, FEW)
  const groups = useNamed('conversation', q, FEW)
  const words = places ? '' : q
  const records = useRecordsNamed(words, FEW)
  const written = useWritten(words, noFilters)
  const files = useWritten(words, filesOnly)
  const opened = useOpened(!places)
  const mine = useMine(!places)
  const recent = useConversationIds().filter((id) => store.get('membership', id)?.state === 'active').slice(0, places ? 12 : 4)
  const posts = useSelector(['post'], newestPosts, sameKeys)
  const found = (hits: Hit[] | undefined): Row[] => (words === '' ? [] : (hits ?? []).map((hit) => ({ type: 'written', key: `${hit.kind}${hit.id}`, hit })))
  const seen = new Set(opened.map((row) => row.key))
  const near: Section[] =
    q || places
      ? []
      : [
          { heading: 'cards.opened', rows: opened },
          { heading: 'cards.mine', rows: mine.filter((row) => !seen.has(row.key)) },
          { heading: 'cards.posts', rows: posts },
        ]
  const sections: Section[] = [
    ...near,
    { heading: 'search.records', rows: records.map(recordRow) },
    { heading: 'search.people', rows: people.map(({ id }) => ({ type: 'person', key: `p${id}`, id })) },
    { heading: q ? 'search.conversations' : 'search.recent', rows: (q ? groups.map(({ id }) => id) : recent).map((id) => ({ type: 'conversation', key: `c${id}`, id })) },
    { heading: 'search.files', rows: found(files.data?.pages[0]?.items.slice(0, FEW)) },
    { heading: 'search.written', rows: found(written.data?.pages.flatMap((page) => page.items)) },
  ]
  return { sections: sections.filter(({ rows }) => rows.length > 0), written }
}

export default function CardPicker({ title, places = false, most = 1, onChoose, onClose }: Props) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 150)
  const [chosen, setChosen] = useState<readonly Ref[]>([])
  const { sections, written } = useFound(q, places)
  const rows = sections.flatMap((section) => section.rows)
  const isChosen = (ref: Ref | null): boolean => ref !== null && chosen.some((one) => keyOf(one) === keyOf(ref))
  const take = (row: Row | undefined): void => {
    const ref = row ? refOf(row) : null
    if (!ref) return
    if (places) return onChoose([ref])
    if (isChosen(ref)) setChosen(chosen.filter((one) => keyOf(one) !== keyOf(ref)))
    else if (chosen.length < most) setChosen([...chosen, ref])
  }
  const attach = (): void => onChoose(chosen)
  const { at, point, listId, idOf, onKeyDown } = useRowKeys(rows.length, q, (place, event) => {
    if ((event.ctrlKey || event.metaKey) && chosen.length > 0) attach()
    else take(rows[place])
  })
  const label = t(places ? 'cards.find_place' : 'cards.find')
  let index = -1
  return (
    <Dialog title={title} onClose={onClose} tall size={560}>
      <TextInput
        data-autofocus
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-activedescendant={rows[at] ? idOf(at) : undefined}
        placeholder={label}
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={written.isFetching ? <Loader size="xs" aria-label={t('ui.searching')} /> : null}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className={classes.results} role="listbox" aria-multiselectable={places ? undefined : true} aria-label={t('search.results')}>
        {sections.map(({ heading, rows: some }) => (
          <div key={heading} role="group" aria-label={t(heading)}>
            <div className={classes.heading} aria-hidden>
              {t(heading)}
            </div>
            {some.map((row) => {
              index += 1
              const own = index
              const ticked = isChosen(refOf(row))
              return (
                <div
                  key={row.key}
                  id={idOf(own)}
                  role="option"
                  aria-selected={places ? own === at : ticked}
                  data-at={own === at || undefined}
                  className={classes.row}
                  onPointerMove={() => point(own)}
                  onClick={() => take(row)}
                >
                  <PaletteRow row={row} />
                  {!places && <span className={classes.tick}>{ticked && <IconCheck size={16} stroke={3} aria-hidden />}</span>}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {written.error && <ProblemText error={written.error} />}
      {q !== '' && !written.isFetching && rows.length === 0 && (
        <p className={classes.note} role="status">
          {t('search.nothing')}
        </p>
      )}
      {written.hasNextPage && (
        <Button variant="subtle" fullWidth loading={written.isFetchingNextPage} onClick={() => void written.fetchNextPage()}>
          {t('search.more')}
        </Button>
      )}
      {!places && (
        <div className={classes.foot}>
          <Button fullWidth disabled={chosen.length === 0} onClick={attach}>
            {chosen.length === 0 ? t('cards.choose') : t('cards.attach_some', { count: chosen.length })}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
