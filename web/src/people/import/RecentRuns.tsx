// Earlier imports, to look at their result again.
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { RelativeTime } from '../../ui/RelativeTime'
import classes from './Import.module.css'
import { type Run, useRecentRuns } from './runs'

export function RecentRuns({ onOpen }: { onOpen: (id: Id) => void }) {
  const t = useT()
  const { data } = useRecentRuns(true)
  const past = (data ?? []).filter((run) => !run.dry_run)
  if (past.length === 0) return null
  const sums = (run: Run): string =>
    run.state === 'failed'
      ? t('people.run_failed')
      : t('people.sums', { created: run.created, updated: run.updated, refused: run.refused })
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>{t('people.recent_imports')}</h2>
      <ul className={classes.recent}>
        {past.map((run) => (
          <li key={run.id}>
            <button type="button" className={classes.past} onClick={() => onOpen(run.id)}>
              <span className={classes.file}>{run.file_name || t('people.unnamed_file')}</span>
              <span className={classes.sums}>
                {run.created_at && (
                  <>
                    <RelativeTime at={run.created_at} /> ·{' '}
                  </>
                )}
                {sums(run)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
