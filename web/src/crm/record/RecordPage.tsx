// Everything about one record on one page: what it is, what was done for it, what belongs to it. On a phone part by part.
import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconBriefcase, IconFileOff } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { rememberOpened } from '../../cards/opened'
import { Traces } from '../../cards/Traces'
import { arrivedHere } from '../../feed/wentBack'
import { useT } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { ShownPerson } from '../../people/ShownPerson'
import { NotFound } from '../../shell/NotFound'
import { EmptyState } from '../../ui/EmptyState'
import { Page } from '../../ui/Page'
import { problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { CallQuestion } from '../contacting/CallQuestion'
import { Family } from '../contacting/Family'
import { Relations } from '../contacting/Relations'
import { addressOfKind, addressOfRecord, useKinds, useWords } from '../kinds'
import { Watermark } from '../Watermark'
import type { RecordKind, RecordRow } from '../wire'
import { Acts } from './Acts'
import { Details } from './Details'
import { FollowUps } from '../followups/FollowUps'
import { Head } from './Head'
import { History } from './History'
import classes from './RecordPage.module.css'
import { RelatedRecords } from './RelatedRecords'
import { Team } from './Team'
import { type LiveRecord, useRecord } from './useRecord'

const MergedBanner = lazy(() => import('../merging/MergedBanner'))
const Shares = lazy(() => import('../../access/Shares'))

export default function RecordPage({ params }: { params: { kind: string; id: string } }) {
  const words = useWords()
  const t = useT()
  const [, go] = useLocation()
  const kinds = useKinds()
  const kind = kinds.data?.find((one) => one.kind === params.kind)
  const id = /^[1-9]\d{0,14}$/.test(params.id) ? Number(params.id) : 0
  const live = useRecord(params.kind, id)
  const { into } = live
  useEffect(() => {
    if (into === null) return
    toast(t('merging.moved_here'))
    go(addressOfRecord(params.kind, into), { replace: true })
  }, [into, go, params.kind, t])
  if (kinds.data && !kind) return <NotFound />
  const back = (): void => {
    if (arrivedHere()) history.back()
    else go(addressOfKind(params.kind))
  }
  return (
    <Page title={kind ? words(kind.words) : t('nav.crm')} onBack={back} wide actions={kind && live.row ? <Acts kind={kind} row={live.row} /> : undefined}>
      {kind && live.row ? (
        <Shown key={`${params.kind}/${id}`} kind={kind} live={live} row={live.row} />
      ) : (
        <Instead live={live} kind={params.kind} failed={kinds.error} again={() => void kinds.refetch()} />
      )}
      <ShownPerson />
      <Watermark />
    </Page>
  )
}

function Instead({ live, kind, failed, again }: { live: LiveRecord; kind: string; failed: unknown; again: () => void }) {
  const t = useT()
  const problem = live.problem ?? failed
  if (live.isMissing) {
    return (
      <EmptyState
        icon={<IconFileOff size={48} stroke={1.4} />}
        title={t('crm.not_found')}
        action={
          <Button component={Link} href={addressOfKind(kind)}>
            {t('crm.to_list')}
          </Button>
        }
      >
        {t('crm.not_found_text')}
      </EmptyState>
    )
  }
  if (problem) {
    const retry = (): void => {
      live.again()
      again()
    }
    return <EmptyState title={problemText(problem)} action={<Button onClick={retry}>{t('ui.try_again')}</Button>} />
  }
  return (
    <div role="status" aria-label={t('ui.loading')}>
      <Skeleton height={88} mb="md" />
      <Skeleton height={280} />
    </div>
  )
}

const PARTS = ['details', 'followups', 'related', 'history'] as const
type Part = (typeof PARTS)[number]

function Shown({ kind, live, row }: { kind: RecordKind; live: LiveRecord; row: RecordRow }) {
  const t = useT()
  const me = useMyId()
  useEffect(() => rememberOpened(me, { kind: row.kind, id: row.id }), [me, row.kind, row.id])
  const parts = PARTS.filter((one) => one !== 'followups' || kind.followed_up !== false)
  const isDesk = useMediaQuery('(min-width: 1024px)', undefined, { getInitialValueInEffect: false }) ?? false
  const asked = new URLSearchParams(useSearch()).get('part')
  const [part, setPart] = useState<Part>(parts.find((one) => one === asked) ?? 'details')
  const [isWriting, setWriting] = useState(asked === 'followups')
  const beside = isDesk && part === 'details' ? (parts[1] ?? part) : part
  const open = (to: Part, writing = false): void => {
    setPart(to)
    setWriting(writing)
  }
  const details = (
    <>
      <Details kind={kind} row={row} live={live} />
      <Team row={row} stamp={live.stamp} />
      <Suspense fallback={null}>
        <Shares row={row} stamp={live.stamp} />
      </Suspense>
      <Traces kind={row.kind} id={row.id} />
      <Button component={Link} href={`/?record=${row.kind}-${row.id}`} variant="subtle" fullWidth>
        {t('crm.posts_about')}
      </Button>
    </>
  )
  const choose = (
    <SegmentedControl
      fullWidth
      aria-label={t('crm.parts')}
      value={isDesk ? beside : part}
      onChange={(value) => open(value as Part)}
      data={parts.filter((one) => !isDesk || one !== 'details').map((one) => ({ value: one, label: t(`crm.part_${one}`) }))}
    />
  )
  const shown = (which: Part) => {
    if (which === 'followups') return <FollowUps row={row} stamp={live.stamp} isWriting={isWriting} />
    if (which === 'related') return <Around kind={kind} row={row} stamp={live.stamp} />
    return <History kind={kind} row={row} stamp={live.stamp} />
  }
  return (
    <div className={classes.record} data-record-page={row.id} data-version={row.version}>
      <Head kind={kind} row={row} live={live} />
      {kind.can_merge && (
        <Suspense fallback={null}>
          <MergedBanner row={row} stamp={live.stamp} />
        </Suspense>
      )}
      <CallQuestion about={row} />
      {isDesk ? (
        <div className={classes.desk}>
          <div className={classes.main}>{details}</div>
          <aside className={classes.side} aria-label={t('crm.beside')}>
            {choose}
            {shown(beside)}
          </aside>
        </div>
      ) : (
        <>
          {part === 'details' && !row.voided && parts.includes('followups') && (
            <Button variant="light" leftSection={<IconBriefcase size={20} />} onClick={() => open('followups', true)} data-write-followup>
              {t('crm.followup_write')}
            </Button>
          )}
          {choose}
          {part === 'details' ? details : shown(part)}
        </>
      )}
    </div>
  )
}

function Around({ kind, row, stamp }: { kind: RecordKind; row: RecordRow; stamp: number }) {
  return (
    <div className={classes.part}>
      <Family kind={kind} row={row} stamp={stamp} />
      <Relations row={row} stamp={stamp} />
      <RelatedRecords row={row} stamp={stamp} />
    </div>
  )
}
