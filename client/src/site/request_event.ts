/** The third screen: days that are added, a pasted invitation, and the warning about lead times. */

import { partsIn } from './request_clock';

export interface EventWords {
  filled: string;
  nothing: string;
  no_signal: string;
}

interface Invitation {
  platform: string | null;
  url: string | null;
  meeting_id: string | null;
  passcode: string | null;
  starts_at: string | null;
  ends_at: string | null;
  organiser: string | null;
  title: string | null;
}

function totalOf(form: HTMLFormElement): HTMLInputElement {
  return form.elements.namedItem('slot-TOTAL_FORMS') as HTMLInputElement;
}

export function slotsOf(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('[data-slot]')];
}

/** As many days as were kept. */
export function makeSlots(form: HTMLFormElement, count: number): void {
  while (slotsOf(form).length < count) addSlot(form);
}

function addSlot(form: HTMLFormElement): void {
  const template = document.querySelector<HTMLTemplateElement>('template#wizard-slot');
  const slot = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
  form.querySelector('[data-slots]')?.append(slot);
  renumber(form);
}

/** Names and ids follow the order of the days. */
function renumber(form: HTMLFormElement): void {
  const slots = slotsOf(form);
  slots.forEach((slot, place) => {
    for (const part of slot.querySelectorAll<HTMLElement>('[name], [id], [for]')) {
      for (const attribute of ['name', 'id', 'for']) {
        const value = part.getAttribute(attribute);
        if (value)
          part.setAttribute(attribute, value.replace(/slot-(\d+|__prefix__)-/, `slot-${place}-`));
      }
    }
    const acts = slot.querySelector<HTMLElement>('[data-slot-acts]');
    if (acts) acts.hidden = slots.length < 2;
  });
  totalOf(form).value = String(slots.length);
}

export function offerDays(form: HTMLFormElement, atMost: number, changed: () => void): void {
  const more = form.querySelector<HTMLButtonElement>('[data-add-day]');
  more?.addEventListener('click', (event) => {
    event.preventDefault();
    if (slotsOf(form).length < atMost) addSlot(form);
    if (slotsOf(form).length >= atMost) more.hidden = true;
    slotsOf(form).at(-1)?.querySelector('input')?.focus();
    changed();
  });
  form.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('[data-slot-remove]');
    if (!button) return;
    button.closest('[data-slot]')?.remove();
    renumber(form);
    changed();
  });
  renumber(form);
}

export function showOutside(form: HTMLFormElement): void {
  const part = form.querySelector<HTMLElement>('[data-outside]');
  const chosen = new FormData(form).get('role');
  if (part) part.hidden = chosen !== 'client';
}

export function firstDay(form: HTMLFormElement): string {
  const days = slotsOf(form).map((slot) => slot.querySelector('input')?.value ?? '');
  return days.filter(Boolean).sort()[0] ?? '';
}

/** Shows the warning of this class when the first day comes too early for its lead time. */
export function warnIfLate(root: HTMLElement, requesterClass: string, day: string): void {
  for (const warning of root.querySelectorAll<HTMLElement>('[data-late]')) {
    const { late, earliest } = warning.dataset;
    warning.hidden = !(day && late === requesterClass && day < (earliest ?? ''));
  }
}

export function offerFilling(
  form: HTMLFormElement,
  address: string,
  zone: string | undefined,
  words: EventWords,
  changed: () => void,
): void {
  form.querySelector('[data-fill]')?.addEventListener('click', async (event) => {
    event.preventDefault();
    const said = form.querySelector<HTMLElement>('[data-fill-said]');
    const sentence = words[await filled(form, address, zone)];
    if (said) {
      said.hidden = false;
      said.textContent = sentence;
    }
    changed();
  });
}

async function filled(
  form: HTMLFormElement,
  address: string,
  zone: string | undefined,
): Promise<keyof EventWords> {
  const text = (form.elements.namedItem('invitation') as HTMLTextAreaElement).value;
  const file = (form.elements.namedItem('calendar') as HTMLInputElement).files?.[0];
  if (!text.trim() && !file) return 'nothing';
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(file ? { ics: await file.text() } : { text }),
  }).catch(() => null);
  if (!answer) return 'no_signal';
  if (!answer.ok) return 'nothing';
  return put(form, await answer.json(), zone) ? 'filled' : 'nothing';
}

function put(form: HTMLFormElement, found: Invitation, zone: string | undefined): boolean {
  const values: [string, string | null][] = [
    ['outside_url', found.url],
    ['outside_meeting_id', found.meeting_id],
    ['outside_passcode', found.passcode],
    ['outside_organiser', found.organiser],
    ['outside_platform', found.platform],
  ];
  for (const [name, value] of values) set(form, name, value);
  const title = form.elements.namedItem('event_title') as HTMLInputElement;
  if (!title.value) set(form, 'event_title', found.title);
  const day = form.elements.namedItem('slot-0-day') as HTMLInputElement;
  const starts = partsIn(found.starts_at, zone);
  if (!day.value && starts) {
    set(form, 'slot-0-day', starts.day);
    set(form, 'slot-0-starts', starts.clock);
    set(form, 'slot-0-ends', partsIn(found.ends_at, zone)?.clock ?? null);
  }
  return Boolean(found.url ?? found.meeting_id ?? found.starts_at);
}

function set(form: HTMLFormElement, name: string, value: string | null): void {
  const control = form.elements.namedItem(name);
  if (value && control instanceof HTMLInputElement) control.value = value;
}
