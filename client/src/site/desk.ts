/** Pages with `data-key="d"` on buttons and links: that key alone presses them, but never while
 * somebody types, nor while a dialog is open. */
export function listenForKeys(): void {
  if (document.querySelector('[data-key]')) document.addEventListener('keydown', press);
}

// A check box takes no letters, so the keys go on working from it.
const WRITTEN_IN = 'textarea, select, input:not([type="checkbox"], [type="radio"])';

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTaken(event.target))
    return;
  const key = event.key.toLowerCase();
  for (const wanted of document.querySelectorAll<HTMLElement>('[data-key]')) {
    if (wanted.dataset.key !== key) continue;
    event.preventDefault();
    wanted.click();
    return;
  }
}

function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], :popover-open')) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches(WRITTEN_IN);
}
