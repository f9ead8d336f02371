// How contacts stand to each other: from a contact's page and from its customer's; a picture at a desk, always a list (CONT-06).
import { ActionIcon, Button, Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { ProblemText, problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { addressOfRecord, useKinds, useWords } from '../kinds'
import page from '../record/RecordPage.module.css'
import { applyRows } from '../rows'
import type { RecordKind, RecordRow } from '../wire'
import classes from './Contacting.module.css'
import { Graph } from './Graph'
import { RelationDialog } from './RelationDialog'
import type { Edge, Relations as Found } from './wire'

/** The kind whose records stand to each other, seen from this one; none where there is none. */
export function relatedKind(kinds: readonly RecordKind[], here: string): RecordKind | undefined {
  return kinds.find((one) => (one.relations ?? []).length > 0 && (one.kind === here || one.fields.some((field) => field.required && field.link === here)))
}

export function Relations({ row, stamp }: { row: RecordRow; stamp: number }) {
  const kind = relatedKind(useKinds().data ?? [], row.kind)
  return kind ? <Shown kind={kind} row={row} stamp={stamp} /> : null
}

function Shown({ kind, row, stamp }: { kind: RecordKind; row: RecordRow; stamp: number }) {
  const t = useT()
  const words = useWords()
  const queries = useQueryClient()
  const isDesk = useMediaQuery('(min-width: 1024px)', undefined, { getInitialValueInEffect: false }) ?? false
  const [adding, setAdding] = useState(false)
  const path = `/records/${row.kind}/${row.id}/relations`
  const isOwn = kind.kind === row.kind
  const found = useQuery({
    queryKey: ['record-relations', row.kind, row.id, stamp],
    queryFn: async ({ signal }) => {
      const { seq, data } = await api.get<Found>(path, { signal })
      applyRows(seq, data.rows, data.also)
      return data
    },
    placeholderData: (before) => before,
    staleTime: 0,
    retry: false,
  })
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: ['record-relations', row.kind, row.id] })
  if (found.isPending) return <Skeleton height={80} aria-hidden />
  const rows = found.data?.rows ?? []
  const edges = found.data?.edges ?? []
  const names = new Map(rows.map((one) => [one.id, one.title]))
  const mayWrite = (id: number): boolean => Boolean(rows.find((one) => one.id === id)?.may.includes('write'))
  const said = (sort: string): string => {
    const declared = kind.relations?.find((one) => one.code === sort)
    return declared ? words(declared.words) : sort
  }
  const part = async (edge: Edge): Promise<void> => {
    const end = mayWrite(edge.from) ? edge.from : edge.to
    try {
      await api.delete(`/records/${kind.kind}/${end}/relations/${edge.id}`)
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
    await reload()
  }
  const mayAdd = isOwn ? row.may.includes('write') : rows.some((one) => one.may.includes('write')) && rows.length > 1
  return (
    <section className={page.section} aria-label={t('contacting.relations')} data-relations>
      <h3 className={page.sectionTitle}>{t('contacting.relations')}</h3>
      <ProblemText error={found.error} />
      {isDesk && edges.length > 0 && <Graph label={t('contacting.graph')} names={names} edges={edges} words={said} />}
      {edges.length === 0 && !found.error && <p className={page.note}>{t('contacting.no_relations')}</p>}
      <ul className={classes.relations}>
        {edges.map((edge) => {
          const name = (id: number): string => names.get(id) ?? t('contacting.hidden_end')
          const text = `${name(edge.from)} ${said(edge.sort)} ${name(edge.to)}`
          return (
            <li key={edge.id} className={classes.relation} data-relation={edge.sort}>
              <span className={classes.sentence}>
                <End kind={kind.kind} id={edge.from} name={names.get(edge.from)} /> <span className={classes.how}>{said(edge.sort)}</span>{' '}
                <End kind={kind.kind} id={edge.to} name={names.get(edge.to)} />
              </span>
              {(mayWrite(edge.from) || mayWrite(edge.to)) && (
                <ActionIcon aria-label={t('contacting.remove_relation', { relation: text })} onClick={() => void part(edge)}>
                  <IconX size={18} />
                </ActionIcon>
              )}
            </li>
          )
        })}
      </ul>
      {mayAdd && (
        <div className={page.below}>
          <Button variant="subtle" size="compact-md" className={page.more} leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('contacting.add_relation')}
          </Button>
        </div>
      )}
      {adding && <RelationDialog kind={kind} from={isOwn ? row : null} among={isOwn ? [] : rows} onDone={reload} onClose={() => setAdding(false)} />}
    </section>
  )
}

function End({ kind, id, name }: { kind: string; id: number; name: string | undefined }) {
  const t = useT()
  if (name === undefined) return <span className={classes.hidden}>{t('contacting.hidden_end')}</span>
  return (
    <Link className={classes.end} href={addressOfRecord(kind, id)}>
      {name}
    </Link>
  )
}
