// The landing page (PRD-01): what I owe, a row to publish, what is new.
import { ActionIcon, Button } from '@mantine/core'
import { IconCalendarEvent, IconShare3 } from '@tabler/icons-react'
import { lazy, Suspense, useMemo } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { useT, withTexts } from '../i18n/i18n'
import { useCan } from '../live/bootstrap'
import { ShownPerson } from '../people/ShownPerson'
import { Page } from '../ui/Page'
import { ComposerRow } from './ComposerRow'
import { filterOf, isEverything } from './filter/filter'
import { FilterBar } from './filter/FilterBar'
import { FilteredTimeline } from './filter/FilteredTimeline'
import { PinnedAnnouncements } from './kinds/announcement/PinnedAnnouncements'
import { useMyKinds } from './kinds/kinds'
import { addressOfWriting, writtenAt } from './share/place'
import { Timeline } from './Timeline'
import { WorkTodos } from './todo/WorkTodos'
import { arrivedHere } from './wentBack'
import classes from './WorkPage.module.css'

const ShareComposer = lazy(() => import('./share/ShareComposer'))
const GuidedStart = lazy(withTexts(() => import('../setup/GuidedStart')))

export default function WorkPage() {
  const t = useT()
  const manages = useCan('people.import')
  const [, go] = useLocation()
  const search = useSearch()
  const named = writtenAt(search)
  const writing = useMyKinds().find((one) => one.kind === named)
  const filter = useMemo(() => filterOf(search), [search])
  const write = (kind: string): void => go(addressOfWriting(kind))
  const open = (): void => write('share')
  const close = (): void => {
    if (arrivedHere()) history.back()
    else go('/', { replace: true })
  }
  return (
    <Page
      title={t('nav.work')}
      wide
      actions={
        <>
          <ActionIcon component={Link} href="/schedule" aria-label={t('nav.schedule')} title={t('nav.schedule')}>
            <IconCalendarEvent size={22} />
          </ActionIcon>
          <Button variant="light" leftSection={<IconShare3 size={18} />} onClick={open}>
            {t('feed.share')}
          </Button>
        </>
      }
    >
      <div className={classes.work} data-filtered={!isEverything(filter) || undefined}>
        <div className={classes.owed}>
          <WorkTodos />
        </div>
        <div className={classes.stream}>
          {manages && (
            <Suspense fallback={null}>
              <GuidedStart onShare={open} />
            </Suspense>
          )}
          <div className={classes.write}>
            <ComposerRow onWrite={write} />
          </div>
          <h2 className="tf-hidden">{t('feed.timeline')}</h2>
          {isEverything(filter) && <PinnedAnnouncements />}
          <FilterBar filter={filter} />
          {isEverything(filter) ? <Timeline onShare={open} /> : <FilteredTimeline filter={filter} />}
        </div>
      </div>
      {writing && (
        <Suspense>
          <ShareComposer key={writing.kind} kind={writing} onClose={close} />
        </Suspense>
      )}
      <ShownPerson />
    </Page>
  )
}
