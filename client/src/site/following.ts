const EVERY_MS = 15_000;

/** On a permanent address with nothing open: looks again now and then and goes where it leads. */
export function followAddress(): void {
  if (!document.querySelector('[data-follow]')) return;
  window.setInterval(() => {
    if (!document.hidden) void follow();
  }, EVERY_MS);
}

async function follow(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
  // No answer means no network for the moment; the next look comes by itself.
  if (answer?.ok && answer.redirected) location.replace(answer.url);
}
