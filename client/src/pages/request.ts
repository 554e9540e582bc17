/** The pages of a request: the form, and the page after sending. */
import { forgetRequest } from '../site/request_store';
import { writeRequest } from '../site/request_wizard';

const root = document.querySelector<HTMLElement>('[data-wizard]');
if (root) {
  void writeRequest(root);
  void keepPage(root.dataset.worker ?? '');
}
// Sent from a page without script, or from another tab: nothing of it stays on the phone.
const sent = document.querySelector<HTMLElement>('[data-sent]')?.dataset.sent;
if (sent) void forgetRequest(sent);

/** Has the form kept for times without signal; where that can't be, it lasts as long as the tab. */
async function keepPage(worker: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker);
    const ready = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType('resource').map((each) => each.name);
    const keep = parts.filter((name) => new URL(name).pathname.startsWith('/static/'));
    ready.active?.postMessage({ keep });
  } catch (error) {
    console.warn('The form is not kept for times without signal:', error);
  }
}
