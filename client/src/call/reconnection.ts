const FIRST_WAIT = 400;
const LONGEST_WAIT = 10_000;

/**
 * How long to wait before the next try, in milliseconds: twice as long each time, at most ten
 * seconds, and spread by half so that a full hall does not come back in one moment.
 */
export function waitBefore(attempt: number, chance: number): number {
  const base = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, attempt));
  return Math.round(base * (0.5 + Math.min(1, Math.max(0, chance))));
}

/** Why a connection ended, in our words. */
export type Ending = 'left' | 'ended' | 'removed' | 'elsewhere' | 'broken';

/** A seat younger than this goes straight back in after a reload. */
export const RETURN_WITHIN = 5 * 60_000;

export function mayReturn(seenAt: number, now: number): boolean {
  return now - seenAt >= 0 && now - seenAt <= RETURN_WITHIN;
}

/** Refusals after which asking again is of no use. */
const FINAL_CODES = new Set([
  'meeting_not_found',
  'meeting_ended',
  'meeting_locked',
  'meeting_full',
  'participant_removed',
]);

export function isFinal(code: string): boolean {
  return FINAL_CODES.has(code);
}
