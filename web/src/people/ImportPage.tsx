// The staff list becomes people: choose a file, see what it would do, import, hand out the links.
import { Button, Loader } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconLock } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import { useT } from '../i18n/i18n'
import { useCan } from '../live/bootstrap'
import { EmptyState } from '../ui/EmptyState'
import { Page } from '../ui/Page'
import { ProblemText } from '../ui/ProblemText'
import { ChooseFile } from './import/ChooseFile'
import classes from './import/Import.module.css'
import { RecentRuns } from './import/RecentRuns'
import { RunProgress } from './import/RunProgress'
import { RunRefused } from './import/RunRefused'
import { RunResult } from './import/RunResult'
import { isUnderWay } from './import/runs'
import { useImport } from './import/useImport'

export default function ImportPage() {
  const t = useT()
  const [at, go] = useLocation()
  const isDesk = useMediaQuery('(min-width: 1024px)', undefined, { getInitialValueInEffect: false }) ?? false
  const fromAdmin = at.startsWith('/admin')
  const mayImport = useCan('people.import')
  return (
    <Page
      title={t('people.import')}
      {...(fromAdmin && isDesk ? {} : { onBack: () => go(fromAdmin ? '/admin' : '/people') })}
      wide
    >
      {mayImport ? (
        <Content />
      ) : (
        <EmptyState
          icon={<IconLock size={48} stroke={1.4} />}
          title={t('people.may_not_import')}
          action={
            <Button component={Link} href="/people" variant="default">
              {t('people.title')}
            </Button>
          }
        >
          {t('people.may_not_import_text')}
        </EmptyState>
      )}
    </Page>
  )
}

function Content() {
  const t = useT()
  const now = useImport()
  const { run, runId, busy, error } = now
  if (busy === 'sending' || busy === 'reading') return <RunProgress run={undefined} file={now.file?.name ?? ''} />
  if (runId === null) {
    return (
      <div className={classes.steps}>
        <ChooseFile onChoose={(file) => void now.choose(file)} error={error} />
        <RecentRuns onOpen={now.open} />
      </div>
    )
  }
  if (!run) {
    return error ? (
      <div className={classes.steps}>
        <ProblemText error={error} />
        <Button variant="default" onClick={now.startOver} className={classes.alone}>
          {t('people.other_file')}
        </Button>
      </div>
    ) : (
      <Loader aria-label={t('ui.loading')} />
    )
  }
  if (isUnderWay(run)) return <RunProgress run={run} file={run.file_name} />
  return (
    <div className={classes.steps}>
      {run.state === 'failed' && <RunRefused run={run} />}
      {(run.state === 'done' || run.total > 0) && <RunResult now={now} run={run} />}
      {run.state === 'failed' && <ChooseFile onChoose={(file) => void now.choose(file)} error={error} />}
    </div>
  )
}
