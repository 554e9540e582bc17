import { en } from './en';
import { id, type Texts } from './id';

export type Language = 'id' | 'en';
export type { Texts } from './id';

const DICTIONARIES: Readonly<Record<Language, Texts>> = { id, en };

/** The words of the page; set once, before anything is shown. */
export let t: Texts = id;
export let language: Language = 'id';

export function speak(chosen: Language): void {
  language = chosen;
  t = DICTIONARIES[chosen];
}

export function isLanguage(value: unknown): value is Language {
  return value === 'id' || value === 'en';
}
