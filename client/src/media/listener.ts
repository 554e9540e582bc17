import type { Source } from '../call/people';
import type { Ending } from '../call/reconnection';
import type { News } from '../call/state';
import type { DeviceTrouble } from './devices';

export type MediaNotice =
  | { kind: 'muted_by_host'; source: Source }
  | { kind: 'device_lost'; source: Source }
  | { kind: 'device_trouble'; source: Source; trouble: DeviceTrouble }
  | { kind: 'publish_failed'; source: Source }
  | { kind: 'devices_changed' }
  | { kind: 'sound_blocked'; blocked: boolean };

/** Who is told what the call hears. */
export interface CallListener {
  news(news: News): void;
  /** A piece of news that the server sent, not yet judged. */
  packet(data: unknown): void;
  over(ending: Ending): void;
  notice(notice: MediaNotice): void;
}

export const DEAF: CallListener = { news() {}, packet() {}, over() {}, notice() {} };
