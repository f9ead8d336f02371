// Small promise doors to IndexedDB; they fall back to memory where the browser forbids storage. Each in a database of its own:
// changing the version of a shared one would wait for every old tab to be closed.
import type { Act } from './outbox'

interface Owned {
  person: number
}

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

export class Shelf<T extends Owned> {
  private opened: Promise<IDBDatabase> | null = null

  constructor(
    private readonly name: string,
    private readonly table: string,
    private readonly keyPath: keyof T & string,
  ) {}

  /** What is kept of this person, in no order. */
  async all(person: number): Promise<T[]> {
    try {
      const found = await promised((await this.store('readonly')).getAll() as IDBRequest<T[]>)
      return found.filter((one) => one.person === person)
    } catch {
      return []
    }
  }

  async save(one: T): Promise<void> {
    try {
      await promised((await this.store('readwrite')).put(one))
    } catch {
      /* kept in memory only */
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await promised((await this.store('readwrite')).delete(key))
    } catch {
      /* nothing was kept */
    }
  }

  private async store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    return (await this.database()).transaction(this.table, mode).objectStore(this.table)
  }

  private database(): Promise<IDBDatabase> {
    this.opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(this.name, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(this.table, { keyPath: this.keyPath })
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    return this.opened
  }
}

const acts = new Shelf<Act>('tenfour', 'outbox', 'client_id')
export const kept = {
  all: async (person: number): Promise<Act[]> =>
    (await acts.all(person)).sort((a, b) => a.made_at.localeCompare(b.made_at) || a.order - b.order),
  save: (act: Act): Promise<void> => acts.save(act),
  remove: (clientId: string): Promise<void> => acts.remove(clientId),
}
