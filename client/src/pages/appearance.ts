import type { Language } from '../texts';

const YEAR = 365 * 24 * 3600;

function setCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox of 2020.
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
}

/** Applies a text size at once; the cookie lets the server draw its pages alike. */
export function applyTextSize(size: string): void {
  document.documentElement.dataset.textSize = size;
  setCookie('pendopo_text_size', size);
}

export function changeLanguage(language: Language): void {
  setCookie('pendopo_language', language);
  location.reload();
}
