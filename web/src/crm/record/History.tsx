// What happened to the record, in words: who, when, from what to what (OBJ-12).
import { Button, Skeleton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { List } from '../../api/types'
import { dayAndTime } from '../../i18n/dates'
import { sayMaybe, useT } from '../../i18n/i18n'
import { useActedName } from '../../live/acted'
import { applyAnswer } from '../../live/answers'
import { EmptyState } from '../../ui/EmptyState'
import { ProblemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import { FieldValue, PersonName } from '../FieldValue'
import { fieldOf, useWords } from '../kinds'
import { keyed } from '../words'
import type { HistoryChange, HistoryEntry, MergedPlace, RecordKind, RecordRow, SharePlace, TeamPlace } from '../wire'
import classes from './RecordPage.module.css'

interface Props {
  kind: RecordKind
  row: RecordRow
  stamp: number
}

export function History({ kind, row, stamp }: Props) {
  const t = useT()
  const pages = useInfiniteQuery({
    queryKey: ['record-history', row.kind, row.id, row.version, stamp],
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<List<HistoryEntry>>(`/records/${row.kind}/${row.id}/history`, { query: { cursor: pageParam, limit: 30 }, signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    retry: false,
  })
  const found = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className={classes.part} aria-label={t('crm.part_history')}>
      <ProblemText error={pages.error} />
      {pages.isPending && <Skeleton height={160} aria-hidden />}
      {pages.isSuccess && found.length === 0 && <EmptyState title={t('crm.no_history')} />}
      {found.length > 0 && (
        <div className={classes.section}>
          <ol className={classes.entries}>
            {found.map((one) => (
              <Entry key={one.id} kind={kind} entry={one} />
            ))}
          </ol>
        </div>
      )}
      {pages.hasNextPage && (
        <Button variant="default" fullWidth loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('ui.load_more')}
        </Button>
      )}
    </section>
  )
}

function Entry({ kind, entry }: { kind: RecordKind; entry: HistoryEntry }) {
  const t = useT()
  const name = useActedName(entry.actor, entry.by)
  return (
    <li className={classes.happened} data-act={entry.act}>
      <p className={classes.byLine}>
        {sayMaybe(`crm.act_${entry.act}`, { name }) ?? `${name}: ${entry.act}`} <RelativeTime at={entry.at} className={classes.when} />
      </p>
      {entry.changes.map((change, at) => (
        <Change key={`${change.field}/${at}`} kind={kind} act={entry.act} change={change} />
      ))}
      {entry.reason && <p className={classes.reason}>{t('crm.because', { reason: reasonText(entry) })}</p>}
    </li>
  )
}

/** A reveal has a code for a reason, or words; everything else has words. */
function reasonText({ act, reason }: HistoryEntry): string {
  return (act === 'revealed' ? sayMaybe(`crm.because_${keyed(reason)}`) : undefined) ?? reason
}

function isPlace(value: HistoryChange['from']): value is TeamPlace {
  return typeof value === 'object' && value !== null && 'access' in value
}

function isShare(value: HistoryChange['from']): value is SharePlace {
  return typeof value === 'object' && value !== null && 'until' in value
}

function isMerged(value: HistoryChange['from']): value is MergedPlace {
  return typeof value === 'object' && value !== null && 'number' in value
}

function Change({ kind, act, change }: { kind: RecordKind; act: string; change: HistoryChange }) {
  const t = useT()
  const words = useWords()
  if (change.field === 'team') return <TeamChange from={isPlace(change.from) ? change.from : null} to={isPlace(change.to) ? change.to : null} />
  const share = [change.to, change.from].find(isShare)
  if (share) return <ShareChange share={share} isOver={!isShare(change.to)} />
  const merged = [change.to, change.from].find(isMerged)
  if (merged) return <p className={classes.change}>{[merged.title, merged.number].filter(Boolean).join(' · ')}</p>
  const field = fieldOf(kind, change.field)
  // A field that I may see no more, or that is there no more.
  if (!field || isPlace(change.from) || isPlace(change.to) || isShare(change.from) || isShare(change.to) || isMerged(change.from) || isMerged(change.to)) return null
  const name = words(field.words)
  if (act === 'revealed' || act === 'called' || act.startsWith('kept_as_')) return <p className={classes.change}>{name}</p>
  return (
    <p className={classes.change}>
      <span className={classes.changed}>{name}</span>
      {act !== 'created' && (
        <>
          <span className={classes.old}>
            <FieldValue field={field} value={change.from} plain />
          </span>
          <IconArrowRight size={14} aria-label={t('crm.becomes')} />
        </>
      )}
      <span>
        <FieldValue field={field} value={change.to} plain />
      </span>
    </p>
  )
}

function ShareChange({ share, isOver }: { share: SharePlace; isOver: boolean }) {
  const t = useT()
  return (
    <p className={classes.change}>
      <span className={classes.changed}>
        <PersonName id={share.person} plain />
      </span>
      {!isOver && <span>{t('crm.may_read_until', { until: dayAndTime(share.until) })}</span>}
    </p>
  )
}

function TeamChange({ from, to }: { from: TeamPlace | null; to: TeamPlace | null }) {
  const t = useT()
  const place = to ?? from
  if (!place) return null
  const said = ({ role, access }: TeamPlace): string =>
    [sayMaybe(`crm.role_${role}`) ?? role, sayMaybe(`crm.access_${access}`) ?? access].join(' · ')
  return (
    <p className={classes.change}>
      <span className={classes.changed}>
        <PersonName id={place.person} plain />
      </span>
      {from && to && (
        <>
          <span className={classes.old}>{said(from)}</span>
          <IconArrowRight size={14} aria-label={t('crm.becomes')} />
        </>
      )}
      <span>{to ? said(to) : t('crm.left_team')}</span>
    </p>
  )
}
