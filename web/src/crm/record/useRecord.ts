// One record on the screen: fetched, watched, and asked for again when it moved; what others changed meanwhile is marked, not moved.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../api/client'
import { type ApiProblem, asProblem } from '../../api/problem'
import type { Id } from '../../api/types'
import { useBootstrap } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { readied } from '../../live/socket'
import { store } from '../../live/store'
import { useWatch } from '../../live/watch'
import type { Answer } from '../duplicates/wire'
import { useKind, withFollowing } from '../kinds'
import { applyRecord, fetchRecord, forgetRecord, useRow } from '../rows'
import { sameValue, sent } from '../values'
import type { RecordItem, RecordRow, Value } from '../wire'

export interface LiveRecord {
  row: RecordRow | undefined
  problem: ApiProblem | null
  isMissing: boolean
  /** What it was merged into. */
  into: Id | null
  again: () => void
  /** Fields that others changed while I looked. */
  marks: ReadonlySet<string>
  /** Rises with whatever was pushed of it: histories and teams are asked for again. */
  stamp: number
  /** Saves these fields over `version`; refused where one of them was changed since. */
  save: (version: number, fields: Record<string, Value>, answers?: Answer[]) => Promise<RecordRow>
}

export function useRecord(kind: string, id: Id): LiveRecord {
  const row = useRow(kind, id)
  useEntity(`record/${kind}`, id)
  const stamp = store.seqOf(`record/${kind}`, id)
  useBootstrap() // a reset forgets the row
  const { generation } = store
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [isMissing, setMissing] = useState(false)
  const [into, setInto] = useState<Id | null>(null)
  const declared = useKind(kind)
  const mine = useRef(new Map<number, readonly string[]>())
  useWatch(kind, id > 0 ? id : null)

  const load = useCallback(
    async (signal?: AbortSignal) => {
      if (id <= 0) return setMissing(true)
      try {
        const found = await fetchRecord(kind, id, signal)
        setProblem(null)
        setMissing(found === null)
        setInto(found && found.id !== id ? found.id : null)
      } catch (error) {
        if (!signal?.aborted) setProblem(asProblem(error))
      }
    },
    [kind, id],
  )
  useEffect(() => {
    const control = new AbortController()
    void load(control.signal)
    return () => control.abort()
  }, [load, generation])
  const saving = useRef(0)
  const catchUp = useCallback(() => {
    const newest = store.get(`record/${kind}`, id)
    const shown = store.get(`row/${kind}`, id)
    if (newest?.gone) {
      forgetRecord(kind, id)
      setMissing(true)
      // What I am saving comes with its own answer, and is no news to me.
    } else if (newest && saving.current === 0 && (newest.version === 0 || (shown && newest.version > shown.version))) void load()
  }, [kind, id, load])
  useEffect(catchUp, [catchUp, stamp])
  useEffect(() => readied.on(() => void load()), [load])

  const save = useCallback(
    async (version: number, fields: Record<string, Value>, answers: Answer[] = []) => {
      const body = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, sent(value)]))
      saving.current += 1
      try {
        const answer = await api.patch<RecordItem>(`/records/${kind}/${id}`, { version, fields: body, ...(answers.length > 0 && { duplicates: answers }) })
        mine.current.set(answer.data.item.version, withFollowing(declared, Object.keys(fields)))
        return applyRecord(answer)
      } finally {
        saving.current -= 1
        catchUp()
      }
    },
    [kind, id, catchUp, declared],
  )
  const marks = useMarks(row, mine.current)
  return useMemo(
    () => ({ row, problem, isMissing, into, again: () => void load(), marks, stamp, save }),
    [row, problem, isMissing, into, load, marks, stamp, save],
  )
}

const NONE: ReadonlySet<string> = new Set()

/** The fields of a newer version that differ, but for those that I changed with it. */
function useMarks(row: RecordRow | undefined, mine: ReadonlyMap<number, readonly string[]>): ReadonlySet<string> {
  const before = useRef(row)
  const [marks, setMarks] = useState(NONE)
  useEffect(() => {
    const old = before.current
    before.current = row
    if (!old || !row) return
    if (old.id !== row.id) return setMarks(NONE)
    const changed = changedFields(old, row).filter((name) => !mine.get(row.version)?.includes(name))
    const settled = mine.get(row.version) ?? []
    if (changed.length > 0 || settled.length > 0) {
      setMarks((now) => new Set([...[...now].filter((name) => !settled.includes(name)), ...changed]))
    }
  }, [row, mine])
  return marks
}

export function changedFields(old: RecordRow, row: RecordRow): string[] {
  if (row.version <= old.version) return []
  const names = new Set([...Object.keys(old.fields), ...Object.keys(row.fields)])
  const changed = [...names].filter((name) => !sameValue(old.fields[name], row.fields[name]))
  return old.owner === row.owner ? changed : [...changed, 'owner']
}
