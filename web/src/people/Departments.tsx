// The department tree as a filter of the directory.
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { useDepartments, withAncestors } from '../live/directory'
import { DepartmentTree } from './DepartmentTree'
import classes from './Departments.module.css'

interface Props {
  chosen: Id | null
  onChoose: (id: Id | null) => void
}

export function Departments({ chosen, onChoose }: Props) {
  const t = useT()
  const departments = useDepartments()
  return (
    <nav aria-label={t('people.departments')}>
      <button
        type="button"
        className={classes.department}
        aria-current={chosen === null ? 'true' : undefined}
        onClick={() => onChoose(null)}
      >
        {t('people.everybody')}
      </button>
      {departments.length > 0 && (
        <DepartmentTree
          departments={departments}
          open={chosen === null ? [] : withAncestors(chosen).slice(1)}
          label={t('people.departments')}
        >
          {(department) => (
            <button
              type="button"
              className={classes.department}
              aria-current={chosen === department.id ? 'true' : undefined}
              onClick={() => onChoose(department.id)}
            >
              {department.name}
            </button>
          )}
        </DepartmentTree>
      )}
    </nav>
  )
}
