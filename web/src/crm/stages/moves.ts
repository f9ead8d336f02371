// Where a record stands in a field of choices, and how it gets elsewhere: a stage, a state with an act of its own, an ordinary choice.
import { api } from '../../api/client'
import type { FieldProblem } from '../../api/types'
import { fieldOf } from '../kinds'
import { applyRecord } from '../rows'
import { isMasked } from '../values'
import type { Field, RecordItem, RecordKind, RecordRow } from '../wire'

export const STAGE = 'stage'

/** Undefined: I may not see it. */
export function standsAt(row: RecordRow, by: string): string | null | undefined {
  const value = by === STAGE ? row.stage : row.fields[by]
  if (value === undefined || isMasked(value)) return undefined
  return typeof value === 'string' ? value || null : null
}

export function mayMove(row: RecordRow, field: Field): boolean {
  if (field.name === STAGE) return row.may.includes('stage')
  return !field.computed && row.may.includes(field.by_act ? 'state' : 'write')
}

/** It is asked first: why. */
export function wantsReason(kind: RecordKind, field: Field, to: string | null): boolean {
  return field.by_act || (field.name === STAGE && kind.stages.some((one) => one.code === to && one.needs_reason))
}

export async function move(row: RecordRow, field: Field, to: string | null, reason: string): Promise<RecordRow> {
  const path = `/records/${row.kind}/${row.id}`
  const { version } = row
  if (field.name === STAGE) return applyRecord(await api.put<RecordItem>(`${path}/stage`, { stage: to, version, reason }))
  if (field.by_act) return applyRecord(await api.put<RecordItem>(`${path}/states/${field.name}`, { value: to, version, reason }))
  return applyRecord(await api.patch<RecordItem>(path, { version, fields: { [field.name]: to } }))
}

/** The fields that a stage wants filled in first. */
export function missingIn(kind: RecordKind, errors: readonly FieldProblem[]): Field[] {
  return errors.flatMap((one) => (one.code === 'required' && one.field.startsWith('fields.') ? (fieldOf(kind, one.field.slice(7)) ?? []) : []))
}

/** Where somebody else moved it meanwhile: a code. */
export function movedTo(errors: readonly FieldProblem[]): string | null {
  const params = errors.find((one) => one.code === 'stale_version')?.params as { now?: unknown } | undefined
  return typeof params?.now === 'string' ? params.now : null
}
