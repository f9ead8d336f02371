// The one way to the HTTP API: JSON in and out, problem documents as ApiProblem, the log number of every answer.
// Called by live/ and by the pages; live/answers.ts puts the entities of an answer into the store.
import { newId } from './ids'
import { ApiProblem, networkProblem } from './problem'
import type { Problem } from './types'

export interface Answer<T> {
  data: T
  /** `Tenfour-Seq`: the log number this answer stands for; 0 when the server sent none. */
  seq: number
  status: number
}

export interface Options {
  query?: Record<string, string | number | boolean | null | undefined>
  signal?: AbortSignal
  /** Idempotency-Key of a POST; give one when the call may be repeated, so that it happens once. */
  key?: string
  /** Milliseconds before the call counts as lost (default 30 s). */
  timeout?: number
  /** Do not treat a 401 as the end of the session (sign-in itself). */
  anonymous?: boolean
  /** The principal for whom this is done (W34). What comes back is theirs: keep it out of the store. */
  actingFor?: number
}

type Ended = () => void
let onSessionEnded: Ended = () => {}
/** shell/session.ts listens here; nobody else should. */
export function whenSessionEnds(listener: Ended): void {
  onSessionEnded = listener
}

type Confirm = () => Promise<boolean>
let confirmWho: Confirm = () => Promise.resolve(false)
/** security/stepUp.ts asks here who is there; answers whether it was confirmed. */
export function whenStepUpIsNeeded(ask: Confirm): void {
  confirmWho = ask
}

function url(path: string, query?: Options['query']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return `/api${path}${text ? `?${text}` : ''}`
}

async function problemOf(response: Response): Promise<ApiProblem> {
  let body: Partial<Problem> = {}
  try {
    if ((response.headers.get('content-type') ?? '').includes('json')) body = (await response.json()) as Partial<Problem>
  } catch {
    /* a broken body is told by its status alone */
  }
  const fallback = response.status >= 500 ? 'server_error' : `http_${response.status}`
  return new ApiProblem({ ...body, status: response.status, code: body.code ?? fallback })
}

/** A dangerous act that wants a confirmation asks for it and is then sent again by itself, with the same key. */
async function call<T>(method: string, path: string, body: unknown, options: Options = {}): Promise<Answer<T>> {
  const keyed = method === 'POST' ? { ...options, key: options.key ?? newId() } : options
  try {
    return await once<T>(method, path, body, keyed)
  } catch (error) {
    const asks = error instanceof ApiProblem && error.code === 'step_up_required'
    if (!asks || !(await confirmWho())) throw error
    return once<T>(method, path, body, keyed)
  }
}

async function once<T>(method: string, path: string, body: unknown, options: Options): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  const isForm = body instanceof FormData
  const isBytes = body instanceof Blob
  if (options.actingFor !== undefined) headers['Tenfour-Acting-For'] = String(options.actingFor)
  if (options.key) headers['Idempotency-Key'] = options.key
  if (isBytes) headers['Content-Type'] = 'application/octet-stream'
  else if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json'
  const patience = AbortSignal.timeout(options.timeout ?? 30_000)
  const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience
  let response: Response
  let data: T
  try {
    response = await fetch(url(path, options.query), {
      method,
      headers,
      signal,
      credentials: 'same-origin',
      body: body === undefined ? null : isForm || isBytes ? body : JSON.stringify(body),
    })
    if (!response.ok) throw await problemOf(response)
    const text = response.status === 204 ? '' : await response.text()
    data = (text ? JSON.parse(text) : undefined) as T
  } catch (error) {
    if (error instanceof ApiProblem) {
      if (error.status === 401 && !options.anonymous) onSessionEnded()
      throw error
    }
    if (options.signal?.aborted) throw error
    throw networkProblem(patience.aborted ? 'timeout' : 'offline')
  }
  return { data, seq: Number(response.headers.get('tenfour-seq') ?? 0), status: response.status }
}

/** A POST whose answer is a file, with the name the server gives it. */
async function file(path: string, body: unknown): Promise<{ data: Blob; name: string | null; digest: string | null }> {
  let response: Response
  try {
    response = await fetch(url(path), {
      method: 'POST',
      headers: { Accept: '*/*', 'Content-Type': 'application/json' },
      credentials: 'same-origin',
      body: JSON.stringify(body),
    })
  } catch {
    throw networkProblem('offline')
  }
  if (!response.ok) {
    const problem = await problemOf(response)
    if (problem.status === 401) onSessionEnded()
    throw problem
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')
  const digest = /sha-256=:([^:]+):/.exec(response.headers.get('repr-digest') ?? '')?.[1]
  const hex = digest && Array.from(atob(digest), (one) => one.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return { data: await response.blob(), name: name?.[1] ?? null, digest: hex ?? null }
}

export const api = {
  file,
  get: <T>(path: string, options?: Options) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: Options) => call<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options?: Options) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options?: Options) => call<T>('PATCH', path, body, options),
  delete: <T>(path: string, options?: Options) => call<T>('DELETE', path, undefined, options),
}
