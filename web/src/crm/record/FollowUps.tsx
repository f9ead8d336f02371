// What was done with or for it, newest first, and the place to write the next (WORK-15, WORK-17).
import { Button, Skeleton, Textarea } from '@mantine/core'
import { IconNotes } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client'
import { newId } from '../../api/ids'
import type { List } from '../../api/types'
import { asProblem } from '../../api/problem'
import chips from '../../feed/share/Field.module.css'
import { useT } from '../../i18n/i18n'
import { useActedName } from '../../live/acted'
import { applyAnswer } from '../../live/answers'
import { useMyId } from '../../live/bootstrap'
import { Avatar } from '../../ui/Avatar'
import { drafts } from '../../ui/drafts'
import { EmptyState } from '../../ui/EmptyState'
import { ProblemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import { useAct } from '../../ui/useAct'
import { fetchRecord } from '../rows'
import { keyed } from '../words'
import { type FollowUp, type FollowUpSort, type RecordRow, SORTS } from '../wire'
import classes from './RecordPage.module.css'

export function FollowUps({ row, stamp }: { row: RecordRow; stamp: number }) {
  const t = useT()
  const path = `/records/${row.kind}/${row.id}/followups`
  const pages = useInfiniteQuery({
    queryKey: ['record-followups', row.kind, row.id, stamp, row.last_followed_at],
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<List<FollowUp>>(path, { query: { cursor: pageParam, limit: 30 }, signal })
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
    <section className={classes.part} aria-label={t('crm.part_followups')}>
      {row.may.includes('followup') && !row.voided && <Composer row={row} path={path} />}
      <ProblemText error={pages.error} />
      {pages.isPending && <Skeleton height={120} aria-hidden />}
      {pages.isSuccess && found.length === 0 && (
        <EmptyState icon={<IconNotes size={40} stroke={1.4} />} title={t('crm.no_followups')}>
          {t('crm.no_followups_text')}
        </EmptyState>
      )}
      <ul className={classes.entries}>
        {found.map((one) => (
          <Entry key={one.id} entry={one} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button variant="default" fullWidth loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('ui.load_more')}
        </Button>
      )}
    </section>
  )
}

function Entry({ entry }: { entry: FollowUp }) {
  const t = useT()
  const name = useActedName(entry.actor, entry.by)
  return (
    <li className={classes.entry} data-followup={entry.id}>
      <Avatar id={entry.actor ?? 0} name={name} size={32} />
      <div className={classes.said}>
        <p className={classes.byLine}>
          <strong>{name}</strong> <span className={classes.tag}>{t(`crm.did_${keyed(entry.sort)}`)}</span>{' '}
          <RelativeTime at={entry.at} className={classes.when} />
        </p>
        <p className={classes.text}>{entry.text}</p>
      </div>
    </li>
  )
}

const LEAST = 2
const MOST = 5_000
const place = (row: RecordRow): string => `record.${row.kind}.${row.id}.followup`

interface Kept {
  sort: FollowUpSort
  text: string
  key: string
}

function Composer({ row, path }: { row: RecordRow; path: string }) {
  const t = useT()
  const me = useMyId()
  const act = useAct()
  const queries = useQueryClient()
  const [kept] = useState(() => drafts.readForm<Kept>(me, place(row)))
  const [sort, setSort] = useState<FollowUpSort>(kept?.sort ?? 'visit')
  const [text, setText] = useState(kept?.text ?? '')
  const key = useRef(kept?.key ?? newId())
  const at = place(row)
  useEffect(() => {
    drafts.writeForm(me, at, text.trim() ? { sort, text, key: key.current } : null)
  }, [me, at, sort, text])
  const send = (): void => {
    void act.run(async () => {
      try {
        await api.post<FollowUp>(path, { sort, text: text.trim() }, { key: key.current })
      } catch (error) {
        if (!asProblem(error).isPassing) key.current = newId()
        throw error
      }
      key.current = newId()
      setText('')
      await Promise.all([queries.invalidateQueries({ queryKey: ['record-followups', row.kind, row.id] }), fetchRecord(row.kind, row.id)])
    })
  }
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className={classes.sorts} role="group" aria-label={t('crm.followup_sort')}>
        {SORTS.map((one) => (
          <button key={one} type="button" className={chips.choice} aria-pressed={sort === one} onClick={() => setSort(one)}>
            {t(`crm.did_${keyed(one)}`)}
          </button>
        ))}
      </div>
      <Textarea
        aria-label={t('crm.followup_text')}
        placeholder={t('crm.followup_text')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MOST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={act.of('text')}
      />
      <ProblemText error={act.rest(['text'])} />
      <Button type="submit" loading={act.busy} disabled={text.trim().length < LEAST}>
        {t('crm.followup_save')}
      </Button>
    </form>
  )
}
