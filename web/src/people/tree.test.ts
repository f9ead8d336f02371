import { expect, test } from 'vitest'
import type { Department } from '../api/types'
import { found, treeRows } from './tree'

const d = (id: number, parent_id: number | null, path: string): Department => ({
  id, parent_id, path, name: path.split('/').at(-1) ?? '', position: 0, heads: [], state: 'active', version: 1,
})
const all = [d(1, null, '华东'), d(2, 1, '华东/销售一部'), d(3, 1, '华东/销售二部'), d(4, 2, '华东/销售一部/一组')]
const names = (rows: ReturnType<typeof treeRows>): string[] => rows.map((r) => '·'.repeat(r.depth) + r.department.name)

test('folded departments hide what is below', () => {
  expect(names(treeRows(all, new Set()))).toEqual(['华东'])
  expect(names(treeRows(all, new Set([1])))).toEqual(['华东', '·销售一部', '·销售二部'])
  expect(treeRows(all, new Set([1])).map((r) => r.hasChildren)).toEqual([true, true, false])
})
test('a part of the company is a tree of its own', () => {
  expect(names(treeRows(all.slice(1), new Set([2])))).toEqual(['销售一部', '·一组', '销售二部'])
})
test('a search looks at the whole path', () => {
  expect(found(all, '一部').map((one) => one.id)).toEqual([2, 4])
})
