// What was kept although something like it was there: of one record, or of all that I may read (for who leads them).
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { api } from '../../api/client'
import type { Id, List } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { EmptyState } from '../../ui/EmptyState'
import { Panel } from '../../ui/Panel'
import { ProblemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import { PersonName } from '../FieldValue'
import { addressOfRecord, fieldOf, useWords } from '../kinds'
import page from '../record/RecordPage.module.css'
import type { RecordKind, RecordRow } from '../wire'
import classes from './Duplicates.module.css'
import type { Verdict } from './wire'

function useKept(kind: string, record: Id | undefined, stamp: number) {
  return useInfiniteQuery({
    queryKey: ['kept-in-spite', kind, record, stamp],
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<List<Verdict>>(`/records/${kind}/duplicates`, { query: { record, cursor: pageParam, limit: 30 }, signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    retry: false,
  })
}

/** On the record's page; nothing where nothing was kept so. */
export function KeptOfRecord({ kind, row, stamp }: { kind: RecordKind; row: RecordRow; stamp: number }) {
  const t = useT()
  const pages = useKept(kind.kind, row.id, stamp)
  const found = pages.data?.pages.flatMap((page) => page.items) ?? []
  if (found.length === 0) return null
  return (
    <section className={page.section} aria-label={t('duplicates.kept')}>
      <h3 className={page.sectionTitle}>{t('duplicates.kept')}</h3>
      <Verdicts kind={kind} found={found} />
    </section>
  )
}

export default function KeptPanel({ kind, onClose }: { kind: RecordKind; onClose: () => void }) {
  const t = useT()
  const pages = useKept(kind.kind, undefined, 0)
  const found = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Panel title={t('duplicates.kept')} width={560} onClose={onClose}>
      <div className={classes.panel}>
        <p className={classes.note}>{t('duplicates.kept_text')}</p>
        <ProblemText error={pages.error} />
        {pages.isSuccess && found.length === 0 && <EmptyState title={t('duplicates.none_kept')} />}
        <Verdicts kind={kind} found={found} named />
        {pages.hasNextPage && (
          <Button variant="default" fullWidth loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('ui.load_more')}
          </Button>
        )}
      </div>
    </Panel>
  )
}

function Verdicts({ kind, found, named = false }: { kind: RecordKind; found: readonly Verdict[]; named?: boolean }) {
  const t = useT()
  const words = useWords()
  return (
    <ul className={classes.verdicts}>
      {found.map((one) => {
        const field = fieldOf(kind, one.field)
        return (
          <li key={one.id} className={classes.verdict} data-verdict={one.verdict}>
            {named && (
              <Link href={addressOfRecord(kind.kind, one.record.id)} className={classes.title}>
                {one.record.title}
              </Link>
            )}
            <span>
              {t(one.verdict === 'same' ? 'duplicates.said_same' : 'duplicates.said_different', { field: field ? words(field.words) : one.field })}{' '}
              {one.other ? (
                <Link href={addressOfRecord(kind.kind, one.other.id)} className={classes.title}>
                  {one.other.title}
                </Link>
              ) : (
                t('duplicates.another')
              )}
            </span>
            <span className={classes.reason}>{one.reason}</span>
            <span className={classes.more}>
              <PersonName id={one.person} plain /> · <RelativeTime at={one.at} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
