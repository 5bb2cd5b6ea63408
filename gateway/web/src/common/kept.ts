// What outlives a reload: this browser's own database; in memory where there is none. It is removed when the person signs out:
// other people may use the same machine.
const kDatabase = 'heyan'
const kStore = 'kept'
/** The key of what says whose everything here is: it has an `account`. */
export const kDraft = 'draft'

const inMemory = new Map<string, unknown>()

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(kDatabase, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(kStore)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(null)
      request.onblocked = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
}

async function withStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const database = await open()
  if (database === null) return undefined
  try {
    return await new Promise<T | undefined>((resolve) => {
      const transaction = database.transaction(kStore, mode)
      const request = work(transaction.objectStore(kStore))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => resolve(undefined)
      transaction.onerror = () => resolve(undefined)
    })
  } catch {
    return undefined
  } finally {
    database.close()
  }
}

export async function keep(key: string, value: unknown): Promise<void> {
  inMemory.set(key, value)
  await withStore('readwrite', (store) => store.put(value, key))
}

export async function kept(key: string): Promise<unknown> {
  return inMemory.get(key) ?? (await withStore('readonly', (store) => store.get(key) as IDBRequest<unknown>))
}

export async function forget(key: string): Promise<void> {
  inMemory.delete(key)
  await withStore('readwrite', (store) => store.delete(key) as IDBRequest<undefined>)
}

export async function forgetAll(): Promise<void> {
  inMemory.clear()
  await withStore('readwrite', (store) => store.clear() as IDBRequest<undefined>)
}

/** Where what is kept is of another account, it goes: somebody else signed in before the person came back. */
export async function forgetOthers(account: string): Promise<void> {
  const draft = (await kept(kDraft)) as { readonly account: string } | undefined
  if (draft !== undefined && draft.account !== account) await forgetAll()
}
