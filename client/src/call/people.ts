import type { Role } from './meeting';

export type Source = 'microphone' | 'camera' | 'screen_share' | 'screen_share_audio';
export type Quality = 'excellent' | 'good' | 'poor' | 'lost' | 'unknown';

/** A track as it is known to us: `live` when its media can be shown or heard here. */
export interface Track {
  id: string;
  muted: boolean;
  live: boolean;
}

export interface Person {
  identity: string;
  name: string;
  organisation: string;
  role: Role;
  self: boolean;
  joinedAt: number;
  quality: Quality;
  tracks: Partial<Record<Source, Track>>;
}

/** True when others can hear this person now. */
export function isHeard(person: Person): boolean {
  const microphone = person.tracks.microphone;
  return microphone !== undefined && !microphone.muted;
}

/** True when this person's camera runs, whether or not its picture has arrived. */
export function isSeen(person: Person): boolean {
  const camera = person.tracks.camera;
  return camera !== undefined && !camera.muted;
}

export function isSharing(person: Person): boolean {
  const screen = person.tracks.screen_share;
  return screen !== undefined && !screen.muted;
}

/** One or two letters for a tile without a picture; titles before a name are skipped. */
export function initials(name: string): string {
  const words = name
    .split(/\s+/)
    .filter((word) => word !== '' && !/^(bapak|ibu|pak|bu|hj?|dra?|drs|ir|prof)\.?$/i.test(word));
  const letters = (words.length > 0 ? words : [name.trim()]).map((word) => [...word][0] ?? '');
  const pair = letters.length > 1 ? [letters[0], letters[letters.length - 1]] : letters;
  return pair.join('').toUpperCase();
}
