// What the file would do (dry run) or did, with the way on: import, or the links for new people.
import { Button } from '@mantine/core'
import { IconCircleCheck, IconDownload, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { dayAndTime } from '../../i18n/dates'
import { useLanguage, useT } from '../../i18n/i18n'
import classes from './Import.module.css'
import { MissingPeople } from './MissingPeople'
import { NewDepartments } from './NewDepartments'
import { NewPeopleLinks } from './NewPeopleLinks'
import { RunRows } from './RunRows'
import { RunSums } from './RunSums'
import type { Outcome, Run } from './runs'
import type { Import } from './useImport'

export function RunResult({ now, run }: { now: Import; run: Run }) {
  const t = useT()
  const language = useLanguage()
  const [outcome, setOutcome] = useState<Outcome | null>(run.refused > 0 && run.dry_run ? 'refused' : null)
  const changes = run.created + run.updated
  return (
    <>
      <section className={classes.card}>
        <h2 className={classes.title}>{run.file_name || t('people.unnamed_file')}</h2>
        <p className={classes.text} role="status">
          {!run.dry_run && run.state === 'done' && <IconCircleCheck size={18} aria-hidden style={{ verticalAlign: '-3px' }} />}{' '}
          {run.dry_run
            ? t(changes > 0 ? 'people.would' : 'people.would_nothing')
            : t('people.did', { count: run.total })}
        </p>
        <RunSums run={run} chosen={outcome} onChoose={setOutcome} />
        <NewDepartments run={run} {...(now.file ? { onChoose: (one) => void now.again(one) } : {})} />
        <div className={classes.acts}>
          {run.dry_run && changes > 0 && now.file && (
            <Button leftSection={<IconUserPlus size={18} />} onClick={() => void now.carryOut()}>
              {t('people.import_now', { count: changes })}
            </Button>
          )}
          {!run.dry_run && (
            <Button component={Link} href="/people">
              {t('people.to_directory')}
            </Button>
          )}
          <Button
            component="a"
            href={`/api/people/imports/${run.id}/result?language=${language}`}
            download
            variant="default"
            leftSection={<IconDownload size={18} />}
          >
            {t('people.result_file')}
          </Button>
          <Button variant="default" onClick={now.startOver}>
            {t('people.other_file')}
          </Button>
        </div>
        {run.dry_run && changes > 0 && !now.file && <p className={classes.text}>{t('people.file_gone')}</p>}
        {run.dry_run && run.refused > 0 && (
          <p className={classes.text}>
            {t(changes > 0 ? 'people.refused_are_skipped' : 'people.refused_only', { count: run.refused })}
          </p>
        )}
      </section>
      {!run.dry_run && run.created > 0 && run.state === 'done' && <NewPeopleLinks run={run} />}
      <MissingPeople run={run} />
      <RunRows run={run} outcome={outcome} />
      <p className={classes.text}>{t('people.rows_until', { until: dayAndTime(run.rows_until) })}</p>
    </>
  )
}
