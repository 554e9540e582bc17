/** The drafts that this phone keeps, each with its photos, until they are sent. */
import type { Draft } from './request_draft';

const NAME = 'pendopo-request';
const STORE = 'drafts';
/** What nobody has touched for so long is not kept for the next one who uses this phone. */
const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

/** One after the other, so that what is forgotten is not written by somebody who was slower. */
let before: Promise<unknown> = Promise.resolve();

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 2);
    asked.onupgradeneeded = () => {
      const database = asked.result;
      if (database.objectStoreNames.contains(STORE)) database.deleteObjectStore(STORE);
      database.createObjectStore(STORE, { keyPath: 'key' });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function alone<T>(
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

function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const work = before.then(() => alone(mode, act));
  before = work.catch((error: unknown) => error); // the one who asked hears of it
  return work;
}

/** What is kept; nothing where the browser keeps nothing, as in a private window. */
export async function keptDrafts(): Promise<Draft[]> {
  try {
    const kept = await within<Draft[]>('readonly', (store) => store.getAll());
    const old = kept.filter((draft) => Date.now() - draft.keptAt > KEPT_MS);
    for (const draft of old) await forgetDraft(draft.key);
    return kept.filter((draft) => !old.includes(draft));
  } catch (error) {
    console.warn('No draft can be read:', error);
    return [];
  }
}

/** Whether it could be kept. One that was kept before and is gone was sent or begun anew by another
 * tab, and stays away. */
export async function keepDraft(draft: Draft): Promise<boolean> {
  const keptAt = Date.now();
  const put = (store: IDBObjectStore) => store.put({ ...draft, keptAt });
  try {
    await within<IDBValidKey | undefined>('readwrite', (store) => {
      if (!draft.keptAt) return put(store) as IDBRequest<IDBValidKey | undefined>;
      const asked = store.getKey(draft.key);
      asked.onsuccess = () => asked.result !== undefined && put(store);
      return asked;
    });
    draft.keptAt = keptAt;
    return true;
  } catch (error) {
    console.warn('The draft could not be kept:', error);
    return false;
  }
}

export async function forgetDraft(key: string): Promise<void> {
  try {
    await within('readwrite', (store) => store.delete(key));
  } catch (error) {
    console.warn('The draft could not be forgotten:', error);
  }
}

/** Forgets what belongs to a request that was sent. */
export async function forgetRequest(code: string): Promise<void> {
  const kept = await keptDrafts();
  for (const draft of kept.filter((each) => each.code === code)) await forgetDraft(draft.key);
}
