export type Command =
  | 'microphone'
  | 'camera'
  | 'share'
  | 'chat'
  | 'people'
  | 'fullscreen'
  | 'view'
  | 'help'
  | 'close'
  | 'talk';

export interface Pressed {
  key: string;
  ctrl: boolean;
  meta: boolean;
  alt: boolean;
  /** True when the key goes to a text field. */
  typing: boolean;
  /** True when the key presses a control that has the focus. */
  onControl: boolean;
}

const PLAIN: Readonly<Record<string, Command>> = {
  m: 'microphone',
  v: 'camera',
  s: 'share',
  c: 'chat',
  p: 'people',
  f: 'fullscreen',
  g: 'view',
  '?': 'help',
};

const WITH_CTRL: Readonly<Record<string, Command>> = { d: 'microphone', e: 'camera' };

/** The command a key means, or null. Nothing is taken from someone who types, except Escape. */
export function commandFor(pressed: Pressed): Command | null {
  if (pressed.key === 'Escape') {
    return 'close';
  }
  if (pressed.alt || pressed.typing) {
    return null;
  }
  const key = pressed.key.toLowerCase();
  if (pressed.ctrl || pressed.meta) {
    return WITH_CTRL[key] ?? null;
  }
  if (pressed.key === ' ') {
    return pressed.onControl ? null : 'talk';
  }
  return PLAIN[key] ?? null;
}
