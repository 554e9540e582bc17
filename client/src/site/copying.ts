import { speak } from './speaking';

const SHOWN_FOR_MS = 2500;

/** Buttons `data-copy="id"` put that element's text on the clipboard and say so. */
export function offerCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.addEventListener('click', () => void copyFor(button));
  }
}

async function copyFor(button: HTMLButtonElement): Promise<void> {
  const source = document.getElementById(button.dataset.copy ?? '');
  if (!source) return;
  if (await copied(source)) {
    confirmOn(button);
    speak(button.dataset.spoken ?? '');
  }
}

/** Without clipboard access (plain http, an old browser) the text is selected for the reader to copy. */
async function copied(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    return true;
  } catch {
    const selection = window.getSelection();
    selection?.removeAllRanges();
    selection?.selectAllChildren(source);
    return document.execCommand('copy');
  }
}

function confirmOn(button: HTMLButtonElement): void {
  const word = button.querySelector<HTMLElement>('span:not(.copied)');
  const confirmation = button.querySelector<HTMLElement>('.copied');
  if (!word || !confirmation) return;
  word.hidden = true;
  confirmation.hidden = false;
  window.setTimeout(() => {
    word.hidden = false;
    confirmation.hidden = true;
  }, SHOWN_FOR_MS);
}
