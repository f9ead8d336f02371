// Files on their way to the server, part by part: each goes on where it stopped, after a broken line or a reload by itself. Kept
// by the place they are chosen for (a conversation, the share being written); what is sent takes them along.
import { api } from '../api/client'
import { newId } from '../api/ids'
import { ApiProblem, asProblem } from '../api/problem'
import type { FileView, Id, Problem, UploadView } from '../api/types'
import { backoff } from '../live/backoff'
import { connection } from '../live/connection'
import { Signal } from '../live/emitter'
import { Shelf } from '../live/kept'

export interface Upload {
  /** The client's own name for it, and the Idempotency-Key under which it was begun. */
  key: string
  /** Null once it was sent with something. */
  place: string | null
  name: string
  size: number
  state: 'sending' | 'checking' | 'ready' | 'failed'
  received: number
  /** Of a picture, until the server's own is there. */
  preview: string | null
  file: FileView | null
  problem: Problem | null
}

const AT_ONCE = 2
const CHECK_WITHIN = 120_000 // pictures are made anew
const SWEPT_AFTER = 23 * 3_600_000 // the server keeps for a day what hangs on nothing
export const MOST_FILES = 20

interface Source {
  blob: File
  id: Id | null
  stop: AbortController
}

/** An upload as it survives a reload; its bytes until the server has them all. */
interface KeptUpload {
  key: string
  person: Id
  made_at: string
  place: string | null
  blob: File | null
  id: Id | null
  file: FileView | null
}
const shelf = new Shelf<KeptUpload>('tenfour-uploads', 'upload', 'key')

/** What a message waited for is not known any more: this browser kept nothing. */
const LOST: Problem = { status: 410, code: 'files_lost' }

export class Uploads {
  readonly all = new Signal<readonly Upload[]>([])
  private readonly sources = new Map<string, Source>()
  private readonly kept = new Map<string, KeptUpload>()
  private person: Id | null = null
  private loaded: Promise<void> = Promise.resolve()
  private running = 0

  /** After sign-in: what was chosen before a reload is there again, and goes on. */
  start(person: Id): void {
    this.person = person
    this.loaded = shelf.all(person).then((rows) => {
      if (this.person !== person) return
      for (const row of rows.sort((a, b) => a.made_at.localeCompare(b.made_at))) {
        if (!this.one(row.key) && (row.file || row.blob)) this.show(row)
      }
      this.next()
    })
  }

  /** The session ended: nothing is sent any more, nothing is forgotten. */
  stop(): void {
    this.person = null
    for (const one of this.all.get()) this.drop(one.key)
  }

  /** Explicit sign-out after the warning. */
  async clear(): Promise<void> {
    const keys = [...this.kept.keys()]
    this.stop()
    await Promise.all(keys.map((key) => shelf.remove(key)))
  }

  add(place: string, files: readonly File[]): void {
    const room = MOST_FILES - this.at(place).length
    for (const blob of files.slice(0, Math.max(0, room))) {
      const row = { key: newId(), person: this.person ?? 0, made_at: new Date().toISOString(), place, blob, id: null, file: null }
      this.show(row)
      this.keep(row.key, {})
    }
    this.next()
  }

  private show(row: KeptUpload): void {
    const { key, place, blob, file } = row
    this.kept.set(key, row)
    if (blob) this.sources.set(key, { blob, id: row.id, stop: new AbortController() })
    const preview = blob && /^image\/(jpeg|png|webp|gif)$/.test(blob.type) ? URL.createObjectURL(blob) : null
    const size = file?.size ?? blob?.size ?? 0
    const name = file?.name ?? (blob?.name || 'file')
    const isSwept = !blob && Date.now() - Date.parse(row.made_at) > SWEPT_AFTER
    const state = isSwept ? 'failed' : file ? 'ready' : 'sending'
    const problem = isSwept ? LOST : null
    this.all.set([
      ...this.all.get(),
      { key, place, name, size, state, received: file ? size : 0, preview, file: isSwept ? null : file, problem },
    ])
  }

  private keep(key: string, fields: Partial<KeptUpload>): void {
    const row = this.kept.get(key)
    if (!row) return
    const next = { ...row, ...fields }
    this.kept.set(key, next)
    if (next.person) void shelf.save(next)
  }

  at(place: string): Upload[] {
    return this.all.get().filter((one) => one.place === place)
  }

  /** They belong to what is being sent now, no longer to the composer. */
  take(place: string): string[] {
    const taken = this.at(place).map((one) => one.key)
    this.all.set(this.all.get().map((one) => (one.place === place ? { ...one, place: null } : one)))
    for (const key of taken) this.keep(key, { place: null })
    return taken
  }

  /** Back into a composer: what was sent was refused. */
  give(place: string, keys: readonly string[]): void {
    this.all.set(this.all.get().map((one) => (keys.includes(one.key) ? { ...one, place } : one)))
    for (const key of keys) this.keep(key, { place })
  }

  retry(key: string): void {
    const source = this.sources.get(key)
    if (!source || this.one(key)?.state !== 'failed') return
    source.stop = new AbortController()
    this.change(key, { state: 'sending', problem: null })
    this.next()
  }

  /** Given up by the person: the server may forget it too. */
  cancel(key: string): void {
    const id = this.sources.get(key)?.id ?? this.one(key)?.file?.id
    this.forget(key)
    if (id) void api.delete(`/files/${id}`).catch(() => undefined)
  }

  forget(key: string): void {
    this.drop(key)
    void shelf.remove(key)
  }

  private drop(key: string): void {
    this.sources.get(key)?.stop.abort()
    this.kept.delete(key)
    this.sources.delete(key)
    const preview = this.one(key)?.preview
    if (preview) URL.revokeObjectURL(preview)
    this.all.set(this.all.get().filter((one) => one.key !== key))
  }

  /** All of them, ready; rejects with the first refusal. Failed ones are tried again. */
  async ready(keys: readonly string[]): Promise<FileView[]> {
    await this.loaded
    for (const key of keys) this.retry(key)
    return Promise.all(keys.map((key) => this.whenReady(key)))
  }

  private whenReady(key: string): Promise<FileView> {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        const one = this.one(key)
        if (one?.file) resolve(one.file)
        else if (!one) reject(new ApiProblem(LOST))
        else if (one.state === 'failed') reject(new ApiProblem(one.problem ?? LOST))
        else return false
        return true
      }
      if (look()) return
      const stop = this.all.subscribe(() => look() && stop())
    })
  }

  private one(key: string): Upload | undefined {
    return this.all.get().find((one) => one.key === key)
  }

  private change(key: string, fields: Partial<Upload>): void {
    this.all.set(this.all.get().map((one) => (one.key === key ? { ...one, ...fields } : one)))
  }

  private readonly started = new Set<string>()
  private next(): void {
    for (const one of this.all.get()) {
      if (this.running >= AT_ONCE) return
      if (one.state !== 'sending' || this.started.has(one.key)) continue
      this.started.add(one.key)
      this.running += 1
      void this.carry(one.key).finally(() => {
        this.started.delete(one.key)
        this.running -= 1
        this.next()
      })
    }
  }

  /** Until it is ready, refused or given up; what fails only for want of a connection is tried again. */
  private async carry(key: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const source = this.sources.get(key)
      if (!source) return
      try {
        const file = await this.send(key, source)
        this.change(key, { state: 'ready', file, received: file.size })
        this.keep(key, { file, blob: null })
        return
      } catch (error) {
        if (source.stop.signal.aborted) return
        const problem = asProblem(error)
        if (!problem.isPassing || (!problem.isNetwork && tries >= 5)) {
          if (problem.status !== 401) source.id = null // gone at the server: the next try begins anew
          this.keep(key, { id: source.id })
          this.change(key, { state: 'failed', problem: problem.problem })
          return
        }
        await until(tries, source.stop.signal)
      }
    }
  }

  private async send(key: string, source: Source): Promise<FileView> {
    const { blob, stop } = source
    const signal = stop.signal
    let upload: UploadView
    if (source.id === null) {
      const body = { name: blob.name || 'file', size: blob.size, type: blob.type.slice(0, 200) }
      upload = (await api.post<UploadView>('/files', body, { signal })).data
      source.id = upload.id
      this.keep(key, { id: upload.id })
    } else {
      upload = (await api.get<UploadView>(`/files/${source.id}`, { signal })).data
    }
    while (upload.state === 'uploading' && upload.received < blob.size) {
      this.change(key, { state: 'sending', received: upload.received })
      upload = await this.part(source, upload)
    }
    this.change(key, { state: 'checking', received: blob.size })
    const path = `/files/${source.id}/completion`
    const done = await api.put<UploadView>(path, {}, { signal, timeout: CHECK_WITHIN })
    if (!done.data.file) throw new ApiProblem({ status: -1, code: 'unexpected' })
    return done.data.file
  }

  private async part(source: Source, upload: UploadView): Promise<UploadView> {
    const { received, chunk } = upload
    const signal = source.stop.signal
    const path = `/files/${upload.id}/chunks/${received}`
    try {
      const part = source.blob.slice(received, received + chunk)
      return (await api.put<UploadView>(path, part, { signal, timeout: 120_000 })).data
    } catch (error) {
      const { problem } = asProblem(error)
      const there = (problem as { received?: number }).received
      if (problem.status !== 409 || there === undefined) throw error
      if (there === received) await until(1, signal) // somebody is just storing it
      return { ...upload, received: there }
    }
  }
}

/** A while, or as soon as the connection is good again. */
function until(tries: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, backoff(tries))
    const stop = connection.subscribe(() => connection.get() === 'online' && done())
    signal.addEventListener('abort', done, { once: true })
  })
}

export const uploads = new Uploads()
