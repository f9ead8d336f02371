// Finds the thing that becomes a card, with the searches of the palette; or only a place to send one to.
import { Button, Loader, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Hit, Ref } from '../api/types'
import { useConversationIds } from '../chat/conversations'
import { useT } from '../i18n/i18n'
import { useSelector } from '../live/hooks'
import { type Store, store } from '../live/store'
import { noFilters, useNamed, useRecordsNamed, useWritten } from '../search/asking'
import { PaletteRow } from '../search/PaletteRow'
import { recordRow, type Row } from '../search/rows'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import classes from './Card.module.css'

const FEW = 6
const filesOnly = { ...noFilters, kind: 'file' as const }

interface Props {
  title: string
  /** Only conversations and people: where something can be sent to. */
  places?: boolean
  onChoose: (ref: Ref) => void
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

export default function CardPicker({ title, places = false, onChoose, onClose }: Props) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 150)
  const people = useNamed('person', q, FEW)
  const groups = useNamed('conversation', q, FEW)
  const records = useRecordsNamed(places ? '' : q, FEW)
  const written = useWritten(places ? '' : q, noFilters)
  const files = useWritten(places ? '' : q, filesOnly)
  const recent = useConversationIds().filter((id) => store.get('membership', id)?.state === 'active').slice(0, places ? 12 : 4)
  const posts = useSelector(['post'], newestPosts, sameKeys)
  const found = (hits: Hit[] | undefined): Row[] =>
    q && !places ? (hits ?? []).map((hit) => ({ type: 'written', key: `${hit.kind}${hit.id}`, hit })) : []
  const rows: Row[] = [
    ...(q || places ? [] : posts),
    ...people.map(({ id }): Row => ({ type: 'person', key: `p${id}`, id })),
    ...(q ? groups.map(({ id }) => id) : recent).map((id): Row => ({ type: 'conversation', key: `c${id}`, id })),
    ...records.map(recordRow),
    ...found(files.data?.pages[0]?.items.slice(0, FEW)),
    ...found(written.data?.pages.flatMap((page) => page.items)),
  ]
  const label = t(places ? 'cards.find_place' : 'cards.find')
  return (
    <Dialog title={title} onClose={onClose} tall size={560}>
      <TextInput
        data-autofocus
        type="search"
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={written.isFetching ? <Loader size="xs" aria-label={t('ui.searching')} /> : null}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={classes.results} role="list" aria-label={t('search.results')}>
        {rows.map((row) => {
          const ref = refOf(row)
          return (
            <div key={row.key} role="listitem">
              <button type="button" className={classes.row} onClick={() => ref && onChoose(ref)}>
                <PaletteRow row={row} />
              </button>
            </div>
          )
        })}
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
    </Dialog>
  )
}
