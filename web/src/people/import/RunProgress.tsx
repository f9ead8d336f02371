// Long work shows how far it is.
import { Progress } from '@mantine/core'
import { useT } from '../../i18n/i18n'
import classes from './Import.module.css'
import type { Run } from './runs'

export function RunProgress({ run, file }: { run: Run | undefined; file: string }) {
  const t = useT()
  const known = run !== undefined && run.total > 0
  const words = !run
    ? t('people.sending')
    : known
      ? t(run.dry_run ? 'people.checking' : 'people.importing', { done: run.done, total: run.total })
      : t('people.reading')
  return (
    <section className={classes.card} aria-busy="true">
      <h2 className={classes.title}>{file}</h2>
      <p className={classes.text} role="status">
        {words}
      </p>
      <Progress
        className={classes.progress}
        value={known ? (run.done / run.total) * 100 : 100}
        animated={!known}
        striped={!known}
        aria-label={words}
      />
    </section>
  )
}
