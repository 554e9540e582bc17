import { speak } from './speaking';

const GATHER_MS = 250;

/** Lists `data-refresh-on="address"` renew themselves when that address says `changed`. */
export function renewLists(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-refresh-on]')) {
    listen(list, list.dataset.refreshOn ?? '');
  }
}

function listen(list: HTMLElement, address: string): void {
  const source = new EventSource(address);
  let waiting = 0;
  const renewSoon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void renew(list), GATHER_MS);
  };
  source.addEventListener('changed', renewSoon);
  source.addEventListener('error', () => showLink(false));
  // Also after a gap: what was missed is in the page.
  source.addEventListener('open', () => {
    showLink(true);
    renewSoon();
  });
}

async function renew(list: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { 'HX-Request': 'true' } }).catch(
    () => null,
  );
  if (!answer?.ok) {
    showLink(false);
    return;
  }
  if (answer.redirected) {
    // Signed out meanwhile: the whole page says so.
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.body;
  if (fresh.innerHTML.trim() === list.innerHTML.trim()) return;
  const focused = (document.activeElement as HTMLAnchorElement | null)?.getAttribute('href');
  const hadFocus = list.contains(document.activeElement);
  list.replaceChildren(...fresh.childNodes);
  if (hadFocus && focused) list.querySelector<HTMLElement>(`a[href="${focused}"]`)?.focus();
  speak(list.dataset.spoken ?? '');
}

function showLink(connected: boolean): void {
  const state = document.querySelector('[data-link-state]');
  const on = state?.querySelector<HTMLElement>('[data-when="on"]');
  const off = state?.querySelector<HTMLElement>('[data-when="off"]');
  if (on) on.hidden = !connected;
  if (off) off.hidden = connected;
}
