// What was done with or for it, newest first, and the place to write the next (WORK-15, WORK-17).
import { Button, Skeleton } from '@mantine/core'
import { IconLock, IconMessageCircle, IconNotes } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { api } from '../../api/client'
import type { Id, List } from '../../api/types'
import { sortWord } from '../../feed/kinds/sales/sorts'
import { Attachments } from '../../files/Attachments'
import { useT } from '../../i18n/i18n'
import { useActedName } from '../../live/acted'
import { applyAnswer } from '../../live/answers'
import { useCan, useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { showPerson } from '../../people/shown'
import { Avatar } from '../../ui/Avatar'
import { EmptyState } from '../../ui/EmptyState'
import { Markdown } from '../../ui/Markdown'
import { ProblemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import page from '../record/RecordPage.module.css'
import type { FollowUp, RecordRow } from '../wire'
import { Composer } from './Composer'
import classes from './FollowUps.module.css'

/** `isWriting`: one came here to write. */
export function FollowUps({ row, stamp, isWriting = false }: { row: RecordRow; stamp: number; isWriting?: boolean }) {
  const t = useT()
  const mayShare = useCan('post.share')
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
    <section className={page.part} aria-label={t('crm.part_followups')}>
      {(row.may.includes('followup') || mayShare) && !row.voided && <Composer row={row} isFocused={isWriting} />}
      <ProblemText error={pages.error} />
      {pages.isPending && <Skeleton height={120} aria-hidden />}
      {pages.isSuccess && found.length === 0 && (
        <EmptyState icon={<IconNotes size={40} stroke={1.4} />} title={t('crm.no_followups')}>
          {t('crm.no_followups_text')}
        </EmptyState>
      )}
      <ul className={page.entries}>
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

function onMention(kind: string, who: Id): void {
  if (kind === 'person') showPerson(who)
  else navigate(`/people?department=${who}`)
}

function Entry({ entry }: { entry: FollowUp }) {
  const t = useT()
  const me = useMyId()
  const name = useActedName(entry.actor, entry.by)
  // A sales record that is loaded shows what it says now.
  const post = useEntity('post', entry.post)
  return (
    <li className={page.entry} data-followup={entry.id}>
      <Avatar id={entry.actor ?? 0} name={name} size={32} />
      <div className={page.said}>
        <p className={page.byLine}>
          <strong>{name}</strong> <span className={page.tag}>{sortWord(entry.sort)}</span>
          {!entry.counts && <span className={classes.not}>{t('crm.followup_uncounted')}</span>} <RelativeTime at={entry.at} className={page.when} />
        </p>
        {entry.post === null && !entry.closed && <p className={page.text}>{entry.text}</p>}
        {entry.closed && (
          <p className={classes.closed}>
            <IconLock size={16} aria-hidden />
            {t('crm.followup_closed')}
          </p>
        )}
        {entry.post !== null && (
          <>
            <Markdown text={post?.text ?? entry.text} me={me} onMention={onMention} />
            <Attachments files={post?.files ?? entry.files} />
            <Link href={`/posts/${entry.post}`} className={classes.open} data-sales-post={entry.post}>
              <IconMessageCircle size={16} aria-hidden />
              {t('crm.followup_open')}
            </Link>
          </>
        )}
      </div>
    </li>
  )
}
