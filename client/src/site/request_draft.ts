/** A request while it is written, as this phone keeps it. Pure: knows no page and no network. */

export type ScreenName = 'letter' | 'who' | 'event' | 'check';
export type Field = [name: string, value: string];

export interface PageOfLetter {
  blob: Blob;
  name: string;
}

export interface Draft {
  /** Sent with the first screen, so that a draft begun twice is one draft; what it is kept under.
   * Of one that was opened by its link it is the code. */
  key: string;
  code: string;
  screen: ScreenName;
  fields: Partial<Record<ScreenName, Field[]>>;
  pages: PageOfLetter[];
  /** How often each screen was changed, and which change the server has. */
  changed: Partial<Record<ScreenName, number>>;
  saved: Partial<Record<ScreenName, number>>;
  wantsSending: boolean;
  /** When this phone kept it last, in milliseconds; 0 while it has not. */
  keptAt: number;
}

export interface Task {
  screen: ScreenName;
  /** Makes the draft on the server. */
  begins: boolean;
  /** The change that is handed over; a later one stays to be done. */
  change: number;
}

export const WRITTEN: ScreenName[] = ['letter', 'who', 'event'];
/** What the fields and the frame of a form may take beside its files, in bytes. */
const BESIDE_FILES = 200_000;
const ORDER: ScreenName[] = [...WRITTEN, 'check'];

export function emptyDraft(key: string, code = ''): Draft {
  return {
    key,
    code,
    screen: 'letter',
    fields: {},
    pages: [],
    changed: {},
    saved: {},
    wantsSending: false,
    keptAt: 0,
  };
}

/** Begun on another phone, or on this one before it forgot: opened by its link. */
function isOfLink(draft: Draft): boolean {
  return draft.key === draft.code;
}

/** With which of the kept drafts a page goes on: a page with a code with that of its code only, the
 * empty form with one that was begun on it; what waits to be sent comes first, then the latest. */
export function draftFor(kept: Draft[], code: string): Draft | undefined {
  return kept
    .filter((draft) => (code ? draft.code === code : !isOfLink(draft)))
    .sort((a, b) => Number(b.wantsSending) - Number(a.wantsSending) || b.keptAt - a.keptAt)[0];
}

/** Which code an address names; also of the empty form, when it is shown there without signal. */
export function codeIn(path: string, start: string): string {
  return path.startsWith(start) ? (path.slice(start.length).split('/')[0] ?? '') : '';
}

/** Whether the letter's screen, as it is now, decides what letter the server has from then on. */
export function saysOfLetter(draft: Draft): boolean {
  const follows = draft.fields.letter?.some(([name]) => name === 'letter_follows');
  return draft.pages.length > 0 || Boolean(follows);
}

/** What speaks against one more page of the letter. */
export function roomProblem(
  sizes: number[],
  size: number,
  most: { files: number; bytes: number },
): 'too_many' | 'too_much' | '' {
  if (sizes.length >= most.files) return 'too_many';
  const sum = sizes.reduce((total, each) => total + each, size);
  return sum > most.bytes - BESIDE_FILES ? 'too_much' : '';
}

export function isDirty(draft: Draft, screen: ScreenName): boolean {
  return (draft.changed[screen] ?? 0) > (draft.saved[screen] ?? 0);
}

/** Notes what stands on a screen; whether that is something new. */
export function note(draft: Draft, screen: ScreenName, fields: Field[]): boolean {
  const before = draft.fields[screen];
  if (before && JSON.stringify(before) === JSON.stringify(fields)) return false;
  draft.fields[screen] = fields;
  touch(draft, screen);
  return true;
}

export function touch(draft: Draft, screen: ScreenName): void {
  draft.changed[screen] = (draft.changed[screen] ?? 0) + 1;
}

export function noteSaved(draft: Draft, task: Task): void {
  draft.saved[task.screen] = Math.max(draft.saved[task.screen] ?? 0, task.change);
}

/** What to hand over next: the draft itself, then each changed screen, at last the request.
 * Only screens that are complete go: `complete` says which. */
export function nextTask(draft: Draft, complete: (screen: ScreenName) => boolean): Task | null {
  for (const screen of WRITTEN) {
    const begins = screen === 'letter' && !draft.code;
    if ((begins || isDirty(draft, screen)) && complete(screen)) {
      return { screen, begins, change: draft.changed[screen] ?? 0 };
    }
    // Without a draft on the server nothing else can be handed over.
    if (begins) return null;
  }
  const rest = WRITTEN.some((screen) => isDirty(draft, screen));
  return draft.wantsSending && !rest ? { screen: 'check', begins: false, change: 0 } : null;
}

export function screenAfter(screen: ScreenName): ScreenName {
  return ORDER[ORDER.indexOf(screen) + 1] ?? 'check';
}

export function screenBefore(screen: ScreenName): ScreenName {
  return ORDER[ORDER.indexOf(screen) - 1] ?? 'letter';
}

/** What can't be meant about a day and its times; days as `2026-11-24`, times as `09:00`. */
export function slotProblem(
  day: string,
  starts: string,
  ends: string,
  today: string,
): 'past' | 'order' | '' {
  if (!day || !starts || !ends) return '';
  if (day < today) return 'past';
  return ends <= starts ? 'order' : '';
}

/** Moves a page one place forward; the first one stays. */
export function forward<T>(pages: T[], place: number): T[] {
  if (place < 1 || place >= pages.length) return pages;
  const moved = [...pages];
  moved.splice(place - 1, 0, ...moved.splice(place, 1));
  return moved;
}
