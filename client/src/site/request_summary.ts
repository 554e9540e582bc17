/** The last screen repeats what was written, from the fields themselves: also without signal. */
import type { ScreenName } from './request_draft';
import { slotsOf } from './request_event';

interface Letter {
  pages: number;
  words: { pages: string; follows: string };
}

type FormOf = (screen: ScreenName) => HTMLFormElement;

export function summarise(
  root: HTMLElement,
  formOf: FormOf,
  readable: (form: HTMLFormElement, name: string) => string,
  letter: Letter,
): void {
  const zone = root.dataset.zone ?? '';
  for (const row of root.querySelectorAll<HTMLElement>('[data-row]')) {
    const name = row.dataset.row ?? '';
    const value = row.querySelector<HTMLElement>('[data-of]');
    const screen = row.querySelector<HTMLElement>('[data-goto]')?.dataset.goto as ScreenName;
    if (!value) continue;
    // What the server wrote of the letter it has holds again when no other one comes.
    value.dataset.was ??= value.textContent ?? '';
    const stays = name === 'letter' && isThere(formOf('letter'), letter);
    const lines = stays
      ? [value.dataset.was]
      : linesOf(name, zone, formOf(screen), readable, letter);
    value.replaceChildren(...lines.map(asLine));
    row.hidden = !lines.length;
  }
}

/** The server has the letter and nothing new lies here: its words stay. */
function isThere(form: HTMLFormElement, letter: Letter): boolean {
  return !letter.pages && form.querySelector<HTMLElement>('[data-letter-there]')?.hidden === false;
}

function linesOf(
  name: string,
  zone: string,
  form: HTMLFormElement,
  readable: (form: HTMLFormElement, name: string) => string,
  letter: Letter,
): string[] {
  if (name === 'letter') {
    if (letter.pages) return [letter.words.pages.replace('%(count)s', String(letter.pages))];
    return new FormData(form).has('letter_follows') ? [letter.words.follows] : [];
  }
  if (name === 'slots')
    return slotsOf(form)
      .map((slot) => slotWords(slot, zone))
      .filter(Boolean);
  const text = readable(form, name);
  return text ? [text] : [];
}

function slotWords(slot: HTMLElement, zone: string): string {
  const [day, starts, ends] = [...slot.querySelectorAll('input')].map((each) => each.value);
  if (!day || !starts || !ends) return '';
  // As the server writes dates: the day before the month, also in English.
  const language = document.documentElement.lang === 'en' ? 'en-GB' : 'id';
  const date = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
  const separator = language.startsWith('id') ? '.' : ':';
  const span = `${starts}–${ends}`.replaceAll(':', separator);
  return `${date}, ${span} ${zone}`.trim();
}

function asLine(text: string): HTMLElement {
  const line = document.createElement('span');
  line.className = 'summary-slot';
  line.textContent = text;
  return line;
}
