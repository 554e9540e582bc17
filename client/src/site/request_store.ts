/** The one draft that this phone keeps, with its photos, until it is sent. */
import type { Draft } from './request_draft';

const NAME = 'pendopo-request';
const STORE = 'drafts';
const ONLY = 'current';

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((done, failed) => {
      const transaction = database.transaction(STORE, mode);
      const asked = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(asked.result);
      transaction.onerror = () => failed(transaction.error);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** What is kept; nothing where the browser keeps nothing, as in a private window. */
export async function keptDraft(): Promise<Draft | undefined> {
  try {
    return await within<Draft | undefined>('readonly', (store) => store.get(ONLY));
  } catch (error) {
    console.warn('No draft can be read:', error);
    return undefined;
  }
}

/** Whether it could be kept. */
export async function keepDraft(draft: Draft): Promise<boolean> {
  try {
    await within('readwrite', (store) => store.put(draft, ONLY));
    return true;
  } catch (error) {
    console.warn('The draft could not be kept:', error);
    return false;
  }
}

export async function forgetDraft(): Promise<void> {
  try {
    await within('readwrite', (store) => store.delete(ONLY));
  } catch (error) {
    console.warn('The draft could not be forgotten:', error);
  }
}
