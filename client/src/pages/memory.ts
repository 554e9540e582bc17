import type { Saving } from '../call/quality';

/** What this device remembers; everything works without it (private windows, full storage). */

function readItem(storage: () => Storage, key: string): unknown {
  try {
    const text = storage().getItem(key);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function writeItem(storage: () => Storage, key: string, value: unknown): void {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch (error) {
    console.warn('not remembered', key, error);
  }
}

const onDevice = () => localStorage;
const inTab = () => sessionStorage;

export interface Preferences {
  name: string;
  organisation: string;
  saving: Saving;
  devices: { microphone: string | null; camera: string | null; speaker: string | null };
  singleKeys: boolean;
  microphone: boolean;
  camera: boolean;
}

const PREFERENCES: Preferences = {
  name: '',
  organisation: '',
  saving: { dataSaver: false, audioOnly: false },
  devices: { microphone: null, camera: null, speaker: null },
  singleKeys: true,
  microphone: true,
  camera: true,
};

export function preferences(): Preferences {
  const stored = readItem(onDevice, 'pendopo.preferences');
  return { ...PREFERENCES, ...(typeof stored === 'object' ? stored : {}) };
}

export function prefer(change: Partial<Preferences>): void {
  writeItem(onDevice, 'pendopo.preferences', { ...preferences(), ...change });
}

/** The seat of this tab in one meeting; a reload is the same person, another tab another. */
export interface KeptSeat {
  secret: string;
  name: string;
  organisation: string;
  seenAt: number;
  inside: boolean;
  microphone: boolean;
  camera: boolean;
}

export function keptSeat(slug: string): KeptSeat | null {
  const stored = readItem(inTab, `pendopo.seat.${slug}`);
  return typeof stored === 'object' && stored !== null ? (stored as KeptSeat) : null;
}

export function keepSeat(slug: string, seat: KeptSeat): void {
  writeItem(inTab, `pendopo.seat.${slug}`, seat);
}

export function changeSeat(slug: string, change: Partial<KeptSeat>): void {
  const kept = keptSeat(slug);
  if (kept !== null) {
    keepSeat(slug, { ...kept, ...change });
  }
}

export function forgetSeat(slug: string): void {
  removeItem(inTab, `pendopo.seat.${slug}`);
}

/** Who was removed keeps that seat on the device, so that another tab is refused alike. */
export function keepRemoved(slug: string, secret: string): void {
  writeItem(onDevice, `pendopo.removed.${slug}`, secret);
}

export function removedSeat(slug: string): string | null {
  const stored = readItem(onDevice, `pendopo.removed.${slug}`);
  return typeof stored === 'string' ? stored : null;
}

export function forgetRemoved(slug: string): void {
  removeItem(onDevice, `pendopo.removed.${slug}`);
}

function removeItem(storage: () => Storage, key: string): void {
  try {
    storage().removeItem(key);
  } catch (error) {
    console.warn('not forgotten', key, error);
  }
}
