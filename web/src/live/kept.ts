// A small promise door to IndexedDB for the outbox; falls back to memory where the browser forbids storage.
import type { Act } from './outbox'

const NAME = 'tenfour'
const TABLE = 'outbox'

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

let opened: Promise<IDBDatabase> | null = null
function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: 'client_id' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

async function table(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await database()).transaction(TABLE, mode).objectStore(TABLE)
}

export const kept = {
  async all(person: number): Promise<Act[]> {
    try {
      const acts = await promised((await table('readonly')).getAll() as IDBRequest<Act[]>)
      return acts.filter((act) => act.person === person).sort((a, b) => a.made_at.localeCompare(b.made_at) || a.order - b.order)
    } catch {
      return []
    }
  },
  async save(act: Act): Promise<void> {
    try {
      await promised((await table('readwrite')).put(act))
    } catch {
      /* kept in memory only */
    }
  },
  async remove(clientId: string): Promise<void> {
    try {
      await promised((await table('readwrite')).delete(clientId))
    } catch {
      /* nothing was kept */
    }
  },
}
