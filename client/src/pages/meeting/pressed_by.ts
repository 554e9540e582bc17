import type { Pressed } from '../../call/shortcuts';

/** Reads a key press: what it is, and whether it belongs to a field or a control. */
export function pressedBy(event: KeyboardEvent): Pressed {
  const target = event.target instanceof HTMLElement ? event.target : null;
  return {
    key: event.key,
    ctrl: event.ctrlKey,
    meta: event.metaKey,
    alt: event.altKey,
    typing: target?.matches('input, textarea, select, [contenteditable]') === true,
    onControl: target?.closest('button, a, input, select, textarea, summary, [role]') !== null,
  };
}
