/** How a page of the form speaks to the server: where, and with which token. */
import type { Way } from './request_sending';

export function wayOf(root: HTMLElement): Way {
  const start = root.dataset.start ?? '';
  return {
    start,
    token: () => tokenIn(root)?.value ?? '',
    renewToken: () => renewed(root, start),
    fetch: (...asked) => fetch(...asked),
  };
}

function tokenIn(page: ParentNode): HTMLInputElement | null {
  return page.querySelector('input[name="csrfmiddlewaretoken"]');
}

/** The token of a kept page belongs to no session: a fresh page brings the right one. */
async function renewed(root: HTMLElement, start: string): Promise<boolean> {
  const answer = await fetch(start, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [fresh, ours] = [tokenIn(page), tokenIn(root)];
  if (!fresh || !ours) return false;
  ours.value = fresh.value;
  return true;
}
