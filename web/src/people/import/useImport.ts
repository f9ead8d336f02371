// One import from file to result: the chosen file is kept in memory between dry run and import, the run in the address,
// so that a reload shows it again.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { newId } from '../../api/ids'
import { asProblem } from '../../api/problem'
import type { Id } from '../../api/types'
import { type Run, upload, useRun } from './runs'

export const MOST_BYTES = 5 * 1024 * 1024

export interface Import {
  run: Run | undefined
  runId: Id | null
  file: File | null
  busy: 'reading' | 'sending' | null
  error: unknown
  /** A dry run of this file. Again with another choice about new departments: `again`. */
  choose: (file: File) => Promise<void>
  /** The import itself, of the file that the dry run saw. */
  carryOut: () => Promise<void>
  again: (departments: Run['departments']) => Promise<void>
  startOver: () => void
  open: (run: Id) => void
}

/** A copy in memory: what is imported is what the dry run saw, though the file on the disk changes. */
async function copyOf(file: File): Promise<File> {
  return new File([await file.arrayBuffer()], file.name, { type: file.type })
}

export function useImport(): Import {
  const [params, setParams] = useSearchParams()
  const queries = useQueryClient()
  const runId = Number(params.get('run')) || null
  const { data: run, error: runError } = useRun(runId)
  const [file, setFile] = useState<File | null>(null)
  const [busy, setBusy] = useState<Import['busy']>(null)
  const [error, setError] = useState<unknown>(null)
  const key = useRef({ of: '', key: '' }) // one for all tries of the same upload

  const open = (id: Id | null): void => setParams(id === null ? {} : { run: String(id) }, { replace: id !== null })
  const send = async (what: File, dryRun: boolean, departments: Run['departments']): Promise<void> => {
    const of = `${what.name}/${what.size}/${what.lastModified}/${dryRun}/${departments}`
    if (key.current.of !== of) key.current = { of, key: newId() }
    setBusy('sending')
    setError(null)
    try {
      open(await upload(what, dryRun, departments, key.current.key))
      key.current = { of: '', key: '' }
    } catch (problem) {
      if (!asProblem(problem).isNetwork) key.current = { of: '', key: '' }
      setError(problem)
    } finally {
      setBusy(null)
    }
  }
  const choose = async (chosen: File): Promise<void> => {
    setFile(null)
    setBusy('reading')
    setError(null)
    try {
      const copy = await copyOf(chosen)
      setFile(copy)
      await send(copy, true, 'create')
    } catch (problem) {
      setError(problem)
      setBusy(null)
    }
  }
  // People and departments may be other ones now.
  const isDone = run?.state === 'done' && !run.dry_run
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ['directory'] })
  }, [isDone, queries])

  return {
    run,
    runId,
    file,
    busy,
    error: error ?? runError,
    choose,
    carryOut: async () => {
      if (file) await send(file, false, run?.departments ?? 'create')
    },
    again: async (departments) => {
      if (file) await send(file, true, departments)
    },
    startOver: () => {
      setFile(null)
      setError(null)
      open(null)
    },
    open,
  }
}
