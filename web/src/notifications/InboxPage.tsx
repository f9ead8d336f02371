// What was told to me, newest first; opening the page reads it.
import { Button } from '@mantine/core'
import { IconBell, IconSettings } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { Avatar } from '../ui/Avatar'
import { EmptyState } from '../ui/EmptyState'
import { Page } from '../ui/Page'
import { plainLine } from '../ui/plain'
import { RelativeTime } from '../ui/RelativeTime'
import { VirtualList } from '../ui/VirtualList'
import classes from './InboxPage.module.css'
import { type Bundle, bundled, markRead, useNotices, useOlderNotices, useReadUpTo } from './inbox'
import { placeOf } from './places'
import { sentenceOf } from './words'

export default function InboxPage() {
  const t = useT()
  const me = useMyId()
  const notices = useNotices()
  const mark = useReadUpTo()
  const older = useOlderNotices()
  // What was new when the page was opened stays marked while it is read.
  const [before] = useState(mark)
  const newest = notices[0]?.id ?? 0
  useEffect(() => {
    if (newest > mark && !document.hidden) void markRead(me, newest).catch(() => undefined)
  }, [me, newest, mark])
  const rows = bundled(notices)
  return (
    <Page
      title={t('notices.title')}
      actions={
        <Button component={Link} href="/me/notices" variant="subtle" leftSection={<IconSettings size={18} />}>
          {t('notices.settings')}
        </Button>
      }
    >
      {rows.length > 0 ? (
        <VirtualList
          count={rows.length}
          keyOf={(index) => rows[index]?.key ?? index}
          estimate={76}
          label={t('notices.title')}
          onNearEnd={() => {
            if (older.hasNextPage && !older.isFetching) void older.fetchNextPage()
          }}
        >
          {(index) => rows[index] && <Row bundle={rows[index]} isNew={rows[index].first.id > before} />}
        </VirtualList>
      ) : (
        <EmptyState icon={<IconBell size={48} stroke={1.4} />} title={t('notices.empty')}>
          {t('notices.empty_text')}
        </EmptyState>
      )}
    </Page>
  )
}

function Row({ bundle: { first, count }, isNew }: { bundle: Bundle; isNew: boolean }) {
  const t = useT()
  const actor = usePerson(first.actor_id)
  const name = actor?.name ?? '…'
  return (
    <Link href={placeOf(first.about, first.within, first.number)} className={classes.row} data-new={isNew || undefined}>
      <Avatar id={first.actor_id ?? 0} name={name} size={40} />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.sentence}>
            {first.urgent && <strong className={classes.urgent}>{t('notices.urgent')} · </strong>}
            {t(sentenceOf(first), { name })}
          </span>
          <RelativeTime at={first.at} form="list" className={classes.time} />
        </span>
        <span className={classes.title}>{plainLine(first.title) || (first.about.kind !== 'missing_receipt' && t('notices.hidden'))}</span>
        {count > 1 && <span className={classes.more}>{t('notices.more', { count: count - 1 })}</span>}
      </span>
    </Link>
  )
}
