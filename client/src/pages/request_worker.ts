/** Keeps the empty form and what it is made of, so that it opens without signal too. What people
 * type is not here: it lies in the page's own store (docs/decisions/0019). */
const KEPT = 'pendopo-request-1';
const FORM = '/ajukan/';

interface Scope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(kind: string, hear: (event: never) => void): void;
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Told extends Lasting {
  data: { keep?: string[] };
}
interface Fetched extends Lasting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as Scope;

/** Asked for without cookies: a kept page must not show who was signed in. */
async function keepForm(): Promise<void> {
  const page = await fetch(FORM, { credentials: 'omit' });
  if (page.ok) await (await caches.open(KEPT)).put(FORM, page);
}

async function keepAll(addresses: string[]): Promise<void> {
  const cache = await caches.open(KEPT);
  await Promise.all([keepForm(), ...addresses.map((address) => keepOne(cache, address))]);
}

async function keepOne(cache: Cache, address: string): Promise<void> {
  if (await cache.match(address)) return;
  const answer = await fetch(address);
  if (answer.ok) await cache.put(address, answer);
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(FORM);
    if (kept) return kept;
    throw error;
  }
}

async function part(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

worker.addEventListener('install', (event: Lasting) => {
  event.waitUntil(Promise.all([keepForm(), worker.skipWaiting()]));
});
worker.addEventListener('activate', (event: Lasting) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (event: Told) => {
  if (event.data.keep) event.waitUntil(keepAll(event.data.keep));
});
worker.addEventListener('fetch', (event: Fetched) => {
  if (event.request.method !== 'GET') return;
  const path = new URL(event.request.url).pathname;
  if (event.request.mode === 'navigate') event.respondWith(page(event.request));
  else if (path.startsWith('/static/')) event.respondWith(part(event.request));
});
