// Records that link here: the newest of each kind, the way to all of them, and to a new one with the link filled in.
import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/client'
import type { Change } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { EmptyState } from '../../ui/EmptyState'
import { ProblemText } from '../../ui/ProblemText'
import { addressOfKind, fieldOf, useKinds, useWords } from '../kinds'
import { RecordLine } from '../list/Rows'
import { applyRows } from '../rows'
import type { RecordKind, RecordRow, Related, Value } from '../wire'
import classes from './RecordPage.module.css'

const NewRecord = lazy(() => import('../NewRecord'))

interface Group {
  kind: RecordKind
  field: string
  found: Related | undefined
}

/** Every field of every kind that links here, also where nothing does yet. */
export function groupsOf(kinds: readonly RecordKind[], here: string, found: readonly Related[]): Group[] {
  return kinds.flatMap((kind) =>
    kind.fields
      .filter((field) => field.type === 'link' && field.link === here)
      .map((field) => ({ kind, field: field.name, found: found.find((one) => one.kind === kind.kind && one.field === field.name) }))
      .filter((group) => group.found !== undefined || kind.may.includes('create')),
  ).sort((a, b) => Number(a.kind.kind === here) - Number(b.kind.kind === here))
}

export function RelatedRecords({ row, stamp }: { row: RecordRow; stamp: number }) {
  const t = useT()
  const queries = useQueryClient()
  const kinds = useKinds().data ?? []
  const related = useQuery({
    queryKey: ['record-related', row.kind, row.id, stamp],
    queryFn: async ({ signal }) => {
      const answer = await api.get<{ items: Related[]; also?: Change[] }>(`/records/${row.kind}/${row.id}/related`, { signal })
      applyRows(answer.seq, answer.data.items.flatMap((one) => one.rows), answer.data.also)
      return answer.data.items
    },
    placeholderData: (before) => before,
    staleTime: 0,
    retry: false,
  })
  const groups = groupsOf(kinds, row.kind, related.data ?? [])
  if (related.isPending) return <Skeleton height={160} aria-hidden />
  if (related.error) return <ProblemText error={related.error} />
  if (groups.length === 0) return <EmptyState title={t('crm.no_related')} />
  return (
    <div className={classes.part}>
      {groups.map((group) => (
        <Linked
          key={`${group.kind.kind}/${group.field}`}
          group={group}
          row={row}
          onMade={() => void queries.invalidateQueries({ queryKey: ['record-related', row.kind, row.id] })}
        />
      ))}
    </div>
  )
}

function Linked({ group: { kind, field, found }, row, onMade }: { group: Group; row: RecordRow; onMade: () => void }) {
  const t = useT()
  const words = useWords()
  const [from, setFrom] = useState<Record<string, Value> | null>(null)
  const count = found?.total.count ?? 0
  const name = words(kind.plural)
  const linked = fieldOf(kind, field)
  const title = linked && linked.link === kind.kind ? `${name} · ${words(linked.words)}` : name
  const all = `${addressOfKind(kind.kind)}?filter=${encodeURIComponent(JSON.stringify([[field, 'in', [row.id]]]))}`
  return (
    <section className={classes.section} aria-label={title} data-related={`${kind.kind}.${field}`}>
      <h3 className={classes.sectionTitle}>
        {title} {count > 0 && <span className={classes.count}>{found?.total.is_exact ? count : `${count}+`}</span>}
      </h3>
      {count === 0 && <p className={classes.note}>{t('crm.none_linked')}</p>}
      {found?.rows.map((one) => (
        <RecordLine key={one.id} kind={kind} id={one.id} columns={kind.columns.filter((name) => name !== field)} isDesk={false} />
      ))}
      <div className={classes.below}>
        {found && count > found.rows.length && (
          <Button component={Link} href={all} variant="subtle" size="compact-md" className={classes.more}>
            {t('crm.show_all', { count })}
          </Button>
        )}
        {kind.may.includes('create') && !row.voided && (
          <Button
            variant="subtle"
            size="compact-md"
            className={classes.more}
            leftSection={<IconPlus size={16} />}
            onClick={() => setFrom({ [field]: { kind: row.kind, id: row.id, title: row.title } })}
          >
            {t('crm.new_kind', { kind: words(kind.words) })}
          </Button>
        )}
      </div>
      {from && (
        <Suspense>
          <NewRecord
            kind={kind}
            from={from}
            onClose={() => setFrom(null)}
            onMade={() => {
              setFrom(null)
              onMade()
            }}
          />
        </Suspense>
      )}
    </section>
  )
}
