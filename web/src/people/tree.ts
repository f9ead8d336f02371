// Departments as rows of a foldable tree, or as a flat list while one searches. Pure.
import type { Department, Id } from '../api/types'

export interface TreeRow {
  department: Department
  depth: number
  hasChildren: boolean
}

/** Roots are those whose parent is not among the given ones: a part of the company is a tree too. */
export function roots(departments: readonly Department[]): Department[] {
  const ids = new Set(departments.map((d) => d.id))
  return departments.filter((d) => d.parent_id === null || !ids.has(d.parent_id))
}

export function treeRows(departments: readonly Department[], unfolded: ReadonlySet<Id>): TreeRow[] {
  const below = new Map<Id, Department[]>()
  for (const d of departments) {
    if (d.parent_id === null) continue
    const siblings = below.get(d.parent_id)
    if (siblings) siblings.push(d)
    else below.set(d.parent_id, [d])
  }
  const rows: TreeRow[] = []
  const walk = (level: readonly Department[], depth: number): void => {
    for (const department of level) {
      const children = below.get(department.id) ?? []
      rows.push({ department, depth, hasChildren: children.length > 0 })
      if (unfolded.has(department.id)) walk(children, depth + 1)
    }
  }
  walk(roots(departments), 0)
  return rows
}

export function found(departments: readonly Department[], q: string): Department[] {
  const text = q.trim().toLocaleLowerCase()
  return departments.filter((d) => d.path.toLocaleLowerCase().includes(text))
}
