// The departments that the list names and that are not there yet: make them, or refuse their rows.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useT } from '../../i18n/i18n'
import { Notice } from '../../ui/Notice'
import classes from './Import.module.css'
import type { Run } from './runs'

const FEW = 8

interface Props {
  run: Run
  /** A dry run of the same file with the other choice; left out when the file is gone. */
  onChoose?: (departments: Run['departments']) => void
}

export function NewDepartments({ run, onChoose }: Props) {
  const t = useT()
  const [all, setAll] = useState(false)
  const { new_departments: paths, new_department_count: count } = run
  const shown = all ? paths : paths.slice(0, FEW)
  if (count === 0 && run.departments === 'create') return null
  return (
    <Notice title={t(title(run), { count })}>
      {count > 0 && (
        <ul className={classes.paths}>
          {shown.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      )}
      <div className={classes.acts}>
        {count > shown.length && !all && (
          <Button variant="default" onClick={() => setAll(true)}>
            {t('people.all_of_them', { count })}
          </Button>
        )}
        {run.dry_run && onChoose && (
          <Button variant="default" onClick={() => onChoose(run.departments === 'create' ? 'refuse' : 'create')}>
            {t(run.departments === 'create' ? 'people.refuse_departments' : 'people.create_departments')}
          </Button>
        )}
      </div>
    </Notice>
  )
}

function title(run: Run): 'people.departments_refused' | 'people.would_create_departments' | 'people.created_departments' {
  if (run.departments === 'refuse') return 'people.departments_refused'
  return run.dry_run ? 'people.would_create_departments' : 'people.created_departments'
}
