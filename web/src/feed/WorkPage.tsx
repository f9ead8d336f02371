// The landing page (PRD-01): what I owe, a row to publish, what is new.
import { Button } from '@mantine/core'
import { IconShare3 } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useT, withTexts } from '../i18n/i18n'
import { useCan, useMyId } from '../live/bootstrap'
import { ShownPerson } from '../people/ShownPerson'
import { drafts } from '../ui/drafts'
import { Page } from '../ui/Page'
import { ComposerRow } from './ComposerRow'
import { filterOf, isEverything } from './filter/filter'
import { FilterBar } from './filter/FilterBar'
import { FilteredTimeline } from './filter/FilteredTimeline'
import { SHARE } from './share/form'
import { SHARE_ADDRESS } from './share/place'
import { Timeline } from './Timeline'
import { WorkTodos } from './todo/WorkTodos'
import { arrivedHere } from './wentBack'
import classes from './WorkPage.module.css'

const ShareComposer = lazy(() => import('./share/ShareComposer'))
const GuidedStart = lazy(withTexts(() => import('../setup/GuidedStart')))

export default function WorkPage() {
  const t = useT()
  const me = useMyId()
  const manages = useCan('people.import')
  const [, go] = useLocation()
  const search = useSearch()
  const writing = new URLSearchParams(search).has('share')
  const filter = useMemo(() => filterOf(search), [search])
  const [hasDraft, setHasDraft] = useState(false)
  useEffect(() => setHasDraft(drafts.read(me, SHARE).text.trim() !== ''), [me, writing])
  const open = (): void => go(SHARE_ADDRESS)
  const close = (): void => {
    if (arrivedHere()) history.back()
    else go('/', { replace: true })
  }
  return (
    <Page
      title={t('nav.work')}
      wide
      actions={
        <Button variant="light" leftSection={<IconShare3 size={18} />} onClick={open}>
          {t('feed.share')}
        </Button>
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
            <ComposerRow onShare={open} hasDraft={hasDraft} />
          </div>
          <h2 className="tf-hidden">{t('feed.timeline')}</h2>
          <FilterBar filter={filter} />
          {isEverything(filter) ? <Timeline onShare={open} /> : <FilteredTimeline filter={filter} />}
        </div>
      </div>
      {writing && (
        <Suspense>
          <ShareComposer onClose={close} />
        </Suspense>
      )}
      <ShownPerson />
    </Page>
  )
}
