// The departments, foldable, with whatever one does to a department in each row; flat while one searches.
import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Department, Id } from '../api/types'
import { useT } from '../i18n/i18n'
import classes from './DepartmentTree.module.css'
import { found, roots, treeRows } from './tree'

interface Props {
  departments: readonly Department[]
  q?: string
  /** Unfolded at first, besides a few roots. */
  open?: readonly Id[]
  label: string
  children: (department: Department, isFlat: boolean) => ReactNode
}

export function DepartmentTree({ departments, q = '', open = [], label, children }: Props) {
  const t = useT()
  const [toggled, setToggled] = useState<ReadonlyMap<Id, boolean>>(new Map())
  const first = roots(departments)
  const unfolded = new Set([...(first.length <= 3 ? first.map((d) => d.id) : []), ...open])
  for (const [id, isOpen] of toggled) {
    if (isOpen) unfolded.add(id)
    else unfolded.delete(id)
  }
  const isFlat = q.trim() !== ''
  const rows = isFlat
    ? found(departments, q).map((department) => ({ department, depth: 0, hasChildren: false }))
    : treeRows(departments, unfolded)
  if (rows.length === 0) return <p className={classes.none}>{t('ui.nobody_found')}</p>
  return (
    <ul className={classes.tree} aria-label={label}>
      {rows.map(({ department, depth, hasChildren }) => (
        <li key={department.id} className={classes.row} style={{ paddingLeft: Math.min(depth, 6) * 16 }} data-department={department.id}>
          {hasChildren ? (
            <UnstyledButton
              className={classes.fold}
              aria-expanded={unfolded.has(department.id)}
              aria-label={t('people.fold', { name: department.name })}
              onClick={() => setToggled(new Map(toggled).set(department.id, !unfolded.has(department.id)))}
            >
              <IconChevronRight size={18} aria-hidden />
            </UnstyledButton>
          ) : (
            <span className={classes.gap} data-flat={isFlat || undefined} />
          )}
          {children(department, isFlat)}
        </li>
      ))}
    </ul>
  )
}
